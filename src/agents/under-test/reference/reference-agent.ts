import type { Random } from '../../../determinism.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import { SPOKEN, spokenShare } from '../../../transcript/spoken.js';
import type { Action, Turn } from '../../../transcript/transcript.js';
import type { Agent, AgentReply } from '../agent.js';
import type { CallLog, SpokenTurn } from './call-log.js';
import { drawFaults, realisedFaults } from './faults.js';
import { hasPlace, planHandling } from './plan-handling.js';
import type { Fault, ReferenceAgentData, ReferenceData, UtteranceBank } from './reference-data.js';
import { actionsOf, phrase } from './utter.js';

/**
 * A scripted agent that knows the scenario: a reference instrument for trying the product and for
 * testing judges. It goes through the task's items and handles the cue as its data say, faults
 * included. Its log, not its plan, tells which faults took effect.
 */
export function referenceAgent(
  { faults }: ReferenceAgentData,
  bank: UtteranceBank,
  data: Pick<ReferenceData, 'handling'>,
): Agent {
  return {
    // It keeps a state, which the seed and the turns give again.
    history: 'stateless',
    open: ({ scenario, random }) => {
      const drawn = drawFaults(faults, scenario, random).filter((fault) =>
        hasPlace(fault, scenario, data.handling),
      );
      const call = new ReferenceCall(scenario, drawn, bank, data, random);
      return {
        reply: (turns) => Promise.resolve(call.reply(turns)),
        faults: () => {
          const realised = realisedFaults(drawn, call.log());
          return { realised, unrealised: drawn.length - realised.length };
        },
      };
    },
  };
}

class ReferenceCall {
  readonly #scenario: Scenario;
  readonly #faults: readonly Fault[];
  readonly #bank: UtteranceBank;
  readonly #data: Pick<ReferenceData, 'handling'>;
  readonly #random: Random;
  readonly #spoken: SpokenTurn[] = [];
  readonly #items: string[];
  #cueTurn: number | undefined;
  /** Turns still to come for the cue; an empty one means that the script goes on meanwhile. */
  #handling: string[][] = [];
  #closesAfterHandling = false;
  #identityAsked = 0;
  #unheldTurn: number | undefined;
  readonly #script: ('recap' | 'anything-else')[] = ['recap', 'anything-else'];

  constructor(
    scenario: Scenario,
    faults: readonly Fault[],
    bank: UtteranceBank,
    data: Pick<ReferenceData, 'handling'>,
    random: Random,
  ) {
    this.#scenario = scenario;
    this.#faults = faults;
    this.#bank = bank;
    this.#data = data;
    this.#random = random;
    this.#items = scenario.task.requiredItems.map((item) => item.question);
  }

  log(): CallLog {
    return {
      spoken: this.#spoken,
      cueTurn: this.#cueTurn,
      itemsLeft: this.#items.length,
      unheldTurn: this.#unheldTurn,
    };
  }

  reply(turns: readonly Turn[]): AgentReply {
    this.#noticeCue(turns);
    const moves = turns.length === 0 ? this.#open() : this.#next(turns);
    this.#spoken.push({ turn: turns.length + 1, moves: moves.map((move) => move.name) });
    const said = moves
      .map(({ name, text }) => text ?? this.#say(name, turns))
      .filter((line) => line !== '');
    const actions: Action[] = moves.flatMap(({ name }) => actionsOf(name));
    return { text: joinSaid(said), actions };
  }

  #say(move: string, turns: readonly Turn[]): string {
    return phrase(move, {
      bank: this.#bank,
      scenario: this.#scenario,
      turns,
      random: this.#random,
    });
  }

  #drops(step: Extract<Fault, { kind: 'dropped-step' }>['step']): boolean {
    return this.#faults.some((fault) => fault.kind === 'dropped-step' && fault.step === step);
  }

  #added(at: Extract<Fault, { kind: 'added' }>['at']): Move[] {
    return this.#faults.flatMap((fault) =>
      fault.kind === 'added' && fault.at === at ? [{ name: fault.move }] : [],
    );
  }

  #noticeCue(turns: readonly Turn[]): void {
    const last = turns.at(-1);
    if (this.#cueTurn !== undefined || last?.role !== 'patient') return;
    const wordings = Object.values(this.#scenario.trigger.wordings);
    if (!wordings.some(({ text }) => spokenShare(last.text, text) >= SPOKEN)) return;
    this.#cueTurn = turns.length;
    const plan = planHandling(this.#scenario, this.#faults, this.#data.handling);
    this.#handling = plan.turns;
    this.#closesAfterHandling = plan.closes;
  }

  #open(): Move[] {
    return [{ name: 'greeting' }, ...this.#added('greeting'), { name: 'identity-ask' }];
  }

  #next(turns: readonly Turn[]): Move[] {
    const handling = this.#handling.shift();
    if (handling && handling.length > 0) return handling.map((name) => ({ name }));
    if (handling === undefined && this.#cueTurn !== undefined && this.#closesAfterHandling) {
      return this.#close();
    }
    return this.#holdForIdentity(turns) ?? this.#routine();
  }

  /** Asks once more, then ends the call, while nobody has given the patient's name and date of birth. */
  #holdForIdentity(turns: readonly Turn[]): Move[] | undefined {
    const { name, dateOfBirth } = this.#scenario.vignette;
    const wanted = [name.split(' ').at(-1) ?? name, dateOfBirth.slice(2, 4)];
    const said = turns.filter(({ role }) => role === 'patient').map(({ text }) => text);
    const given = said.some((text) => wanted.every((part) => text.includes(part)));
    if (given) return undefined;
    if (this.#drops('identity-hold')) {
      this.#unheldTurn ??= turns.length + 1;
      return undefined;
    }
    this.#identityAsked += 1;
    if (this.#identityAsked === 1) return [{ name: 'identity-again' }];
    return this.#identityAsked === 2
      ? [{ name: 'cannot-discuss' }, { name: 'call-back-neutral' }]
      : [{ name: 'close' }];
  }

  #routine(): Move[] {
    if (this.#items.length > 0 && !this.#hurriesToClose()) return this.#askItems();
    const step = this.#hurriesToClose() ? undefined : this.#script.shift();
    if (step === 'recap') return this.#recap();
    if (step === 'anything-else') return [{ name: 'ack' }, { name: 'anything-else' }];
    return this.#handling.length > 0 ? [{ name: 'ack' }, { name: 'hurry' }] : this.#close();
  }

  #hurriesToClose(): boolean {
    const total = this.#scenario.task.requiredItems.length;
    const asked = total - this.#items.length;
    return this.#faults.some((fault) => fault.kind === 'early-close' && asked >= fault.afterItems);
  }

  #askItems(): Move[] {
    const stack = this.#faults.find((fault) => fault.kind === 'stacked-items');
    const first = this.#items.length === this.#scenario.task.requiredItems.length;
    const count = stack && !first ? stack.count : 1;
    const questions = this.#items.splice(0, count).map((text) => ({ name: 'item', text }));
    const before: Move[] = first
      ? [{ name: 'purpose' }]
      : [{ name: this.#random.pick(['ack', 'ack', 'lead-in']) }];
    return [...before, ...questions];
  }

  #recap(): Move[] {
    return [{ name: 'recap-open' }, { name: 'recap-item' }, { name: 'noted' }];
  }

  #close(): Move[] {
    const safetyNet = this.#drops('safety-net') ? [] : [{ name: 'safety-net' }];
    return [...this.#added('close'), ...safetyNet, { name: 'close' }];
  }
}

interface Move {
  readonly name: string;
  /** Words from the scenario itself; else the bank has them. */
  readonly text?: string;
}

/** After a comma the next line goes on in the same sentence. */
function joinSaid(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const goesOn = text.endsWith(',') && !/^I\b/.test(line);
    return `${text} ${goesOn ? line.charAt(0).toLowerCase() + line.slice(1) : line}`;
  });
}
