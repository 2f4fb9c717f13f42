import type { Turn } from '../../../transcript/transcript.js';
import type { AgentReply } from '../agent.js';
import type { CallLog, SpokenTurn } from './call-log.js';
import { askedAgain } from './asked-again.js';
import { CallVoice } from './call-voice.js';
import { CallScript } from './call-script.js';
import { addedAt, drops, passesOver, type CallSetting } from './call-setting.js';
import { CueCourse } from './cue-course.js';
import { changesHandling } from './faults.js';
import { fittingMoves } from './fitting-moves.js';
import type { Standing } from './standing.js';
import { IdentityHold } from './identity-hold.js';
import { answerQuestion, notedWish } from './open-question.js';
import type { Asked, Heard } from './heard.js';
import { PatientEar } from './patient-ear.js';
import { agrees } from './patient-words.js';
import { endingMoves } from './ending-moves.js';
import { leavesUnasked } from './plan-ending.js';
import { referTo } from './refer-question.js';
import { takesCall } from './told-apart.js';
import { ruleFor } from './plan-handling.js';
import { takeUpBeside } from './take-up-beside.js';
import { leaveTaking } from './safety-net.js';
import { warmth } from './warmth.js';
import { actionsOfTurn, joinSaid, type Move } from './utter.js';

/** One call of a reference agent, from its greeting to its end. */
export class ReferenceCall {
  readonly #setting: CallSetting;
  readonly #ear: PatientEar;
  readonly #script: CallScript;
  readonly #hold: IdentityHold;
  readonly #voice: CallVoice;
  readonly #spoken: SpokenTurn[] = [];
  readonly #course: CueCourse;
  #heard: Heard | undefined;
  #lastQuestion = '';
  /** The last turn followed up the cue or a symptom, so that what is said to it counts. */
  #follows = false;
  /** What the caller would like, until it was spoken to. */
  #wish: string | undefined;
  #unheldTurn: number | undefined;

  constructor(setting: CallSetting) {
    this.#setting = setting;
    this.#ear = new PatientEar(setting.scenario);
    this.#script = new CallScript(setting, this.#ear);
    this.#hold = new IdentityHold(setting.scenario);
    this.#voice = new CallVoice(setting, this.#ear);
    this.#course = new CueCourse(setting, this.#ear, this.#voice);
  }

  log(): CallLog {
    return {
      spoken: this.#spoken,
      cueTurn: this.#course.turn,
      itemsLeft: this.#script.itemsLeft,
      unheldTurn: this.#unheldTurn,
    };
  }

  reply(turns: readonly Turn[]): AgentReply {
    const last = turns.at(-1);
    if (last?.role === 'patient') this.#listen(last.text, turns.length);
    const turn = turns.length + 1;
    const moves = this.#expand(turns.length === 0 ? this.#open() : this.#next(turn));
    const lines = moves.map((move) => this.#say(move));
    const asks = this.#script.pending.length > 0 || lines.some((line) => line.endsWith('?'));
    if (this.#spoken.length > 0 && !asks && leavesUnasked(moves, this.#course.plan)) {
      const more = this.#expand(this.#holdForIdentity(turn) ?? this.#routine());
      moves.push(...more);
      lines.push(...more.map((move) => this.#say(move)));
    }
    this.#lastQuestion = lines.filter((line) => line.endsWith('?')).join(' ');
    this.#spoken.push({ turn, moves: moves.map(({ name }) => name) });
    return {
      text: joinSaid(lines.filter((line) => line !== '')),
      actions: actionsOfTurn(moves, (over) => this.#ear.record.note(over && this.#ear.identified)),
    };
  }

  #listen(text: string, turn: number): void {
    const { cueItem, record } = this.#ear;
    const before = cueItem && record.items.answerTo(cueItem.id);
    const heard = this.#ear.hear(text, this.#asked());
    this.#heard = heard;
    this.#hearWish(heard);
    this.#script.hear(heard);
    this.#course.hear(heard, before, turn);
    const toBeHandedOver = this.#course.bringsPerson && this.#course.plan?.then === 'continue';
    if (toBeHandedOver) this.#script.keepToFlags();
  }

  #asked(): Asked {
    const moves = this.#spoken.at(-1)?.moves ?? [];
    const items = this.#script.pending;
    return {
      items,
      speaker: moves.includes('record-speaker'),
      follows: this.#follows || moves.includes('anything-else'),
      question: items.length > 0 ? '' : this.#lastQuestion,
    };
  }

  /** Who takes the agent's own offer up wishes for nothing else. */
  #hearWish({ wish }: Heard): void {
    if (!this.#offered && wish !== undefined && this.#ear.record.wishes(wish)) this.#wish = wish;
  }

  #say(move: Move): string {
    return this.#voice.say(move, {
      heard: this.#heard?.text ?? '',
      lastQuestion: this.#lastQuestion,
      act: this.#course.act,
    });
  }

  #open(): Move[] {
    return [
      { name: 'greeting' },
      ...addedAt(this.#setting.faults, 'greeting'),
      { name: 'identity-ask' },
    ];
  }

  #next(turn: number): Move[] {
    const again = askedAgain(this.#standing());
    if (again) {
      this.#follows ||= again.some(({ name }) => name === 'take-offer');
      return again;
    }
    const handling = this.#course.plan?.turns.shift();
    this.#follows = handling !== undefined && handling.length > 0;
    if (handling && handling.length > 0) return this.#handle(handling, turn);
    const then = handling === undefined ? this.#course.plan?.then : undefined;
    if (then === 'close') return this.#answerFirst() ?? [...this.#answer(), ...this.#close()];
    if (then === 'ending') return this.#end();
    return (
      this.#holdForIdentity(turn) ?? [
        ...this.#answer(),
        ...(this.#takeUpBeside() ?? this.#routine()),
      ]
    );
  }

  #takeUpBeside(): Move[] | undefined {
    const may = this.#course.isQuiet && this.#setting.faults.length === 0;
    const moves = may ? takeUpBeside(this.#heard, this.#spoken) : undefined;
    if (!moves) return undefined;
    if (this.#heard?.present === true) this.#course.raise({ act: 'URGENT' });
    this.#follows = true;
    return moves;
  }

  /** Who was told how to reach the clinic may want to ask more: the call does not end in the same breath. */
  #answerFirst(): Move[] | undefined {
    if (this.#said('neutral-answer')) return undefined;
    const lost = this.#heard?.asksBack === true && this.#said('message-neutral');
    const answer = lost ? [{ name: 'neutral-answer' }] : this.#answer();
    return answer.some(({ name }) => name === 'neutral-answer') ? answer : undefined;
  }

  #takeWish(): string | undefined {
    const wish = this.#wish;
    this.#wish = undefined;
    return wish;
  }

  #handle(moves: readonly string[], turn: number): Move[] {
    const begins = moves.includes('handled');
    const clears = moves.every((move) => /^(?:clarify|mark)/.test(move));
    if (!begins && this.#course.isSettled && clears) return this.#next(turn);
    return [...(begins ? [] : this.#answerOnTheWay()), ...moves.map((name) => ({ name }))];
  }

  #answer(): Move[] {
    const { scenario, faults } = this.#setting;
    if (passesOver(faults) || (this.#offered && takesCall(this.#heard?.text ?? ''))) return [];
    const reassured = this.#spoken.filter(({ moves }) => moves.includes('not-forgotten')).length;
    return answerQuestion(this.#heard, this.#ear, {
      declined: this.#said('decline-'),
      lost: this.#said('plain-words') && !this.#said('offer-'),
      mayReassure: this.#course.isRecorded && !scenario.hardNegative && reassured < 2,
      advice: scenario.task.approvedAdvice,
      advised: this.#said('advice'),
      thirdParty: scenario.speaker.role !== 'patient',
      left: this.#script.itemsLeft,
      wish: this.#takeWish(),
    });
  }

  /** On the way to an ending, a question is answered by whoever takes the call. */
  #answerOnTheWay(): Move[] {
    if (this.#course.plan?.then !== 'ending') return this.#answer();
    return [
      ...notedWish(this.#takeWish()),
      ...referTo(this.#standing(), ruleFor(this.#setting.rules.endings, this.#ear.now()).question),
    ];
  }

  /** The last turn, as the level asks for it. */
  #end(): Move[] {
    return endingMoves(this.#standing(), this.#course.courtesy, this.#takeWish());
  }

  /** The last turn offered that a nurse rings. */
  get #offered(): boolean {
    const { moves = [] } = this.#spoken.at(-1) ?? {};
    return moves.some((move) => /^(?:nurse-offer|offer-again)$/.test(move));
  }

  #said(prefix: string): boolean {
    return this.#spoken.some(({ moves }) => moves.some((move) => move.startsWith(prefix)));
  }

  #holdForIdentity(turn: number): Move[] | undefined {
    if (this.#ear.identified) return undefined;
    if (drops(this.#setting.faults, 'identity-hold')) {
      this.#unheldTurn ??= turn;
      return undefined;
    }
    return this.#hold.next(this.#ear.record.hasSpeaker);
  }

  #routine(): Move[] {
    const { speaker } = this.#setting.scenario;
    const unknown = !this.#said('record-speaker') && !this.#ear.record.hasSpeaker;
    if (speaker.role !== 'patient' && unknown) return [{ name: 'record-speaker' }];
    const next = this.#script.next(this.#heard?.asksBack === true);
    const plain = passesOver(this.#setting.faults) || this.#said('warm-feeling');
    if (next) return [...(plain ? [] : warmth(this.#heard, this.#spoken.at(-1))), ...next];
    return this.#course.plan?.turns.length ? [{ name: 'ack' }, { name: 'hurry' }] : this.#close();
  }

  #close(): Move[] {
    const { faults } = this.#setting;
    const { bringsPerson, plan } = this.#course;
    const raised = bringsPerson && this.#said('escalate-');
    if (raised && !plan) return [{ name: 'thanks' }, { name: 'transfer' }];
    if (raised && plan?.then === 'continue') return this.#end();
    const told = this.#spoken.at(-1)?.moves.includes('recap-check') && this.#heard?.tells;
    const asksUnclear = !bringsPerson && !faults.some(changesHandling);
    return [
      ...(told === true ? [{ name: 'added-that' }] : []),
      ...addedAt(faults, 'close'),
      ...leaveTaking(this.#ear, this.#course.act, this.#setting.scenario.speaker.role, {
        unclear: asksUnclear,
        net: !drops(faults, 'safety-net') && !this.#said('safety-net'),
      }),
    ];
  }

  /** Moves that depend on what was said before become those that fit. */
  #expand(moves: readonly Move[]): Move[] {
    const fitting = fittingMoves(this.#standing());
    const fit = moves.flatMap((move) => fitting[move.name]?.() ?? [move]);
    return fit.filter(({ name }, index) => name !== 'ack' || index === 0);
  }

  #standing(): Standing {
    return {
      setting: this.#setting,
      ear: this.#ear,
      heard: this.#heard,
      last: this.#spoken.at(-1),
      spoken: this.#spoken,
      lastQuestion: this.#lastQuestion,
      versions: this.#course.versions,
      cueWords: this.#course.words,
      act: this.#course.act,
      settled: this.#course.isSettled,
      then: this.#course.plan?.then,
      follows: this.#follows,
      agreed: agrees(this.#setting.scenario, this.#heard?.text ?? ''),
      advised: this.#said('advice'),
      flagsLeft: this.#script.hasFlagsLeft,
      said: (prefix) => this.#said(prefix),
      answer: () => this.#answer(),
    };
  }
}
