import type { ItemOfTask } from './item-answers.js';
import { wantedForm } from './answer-fit.js';
import type { CallSetting } from './call-setting.js';
import type { Heard, Missed } from './heard.js';
import type { PatientEar } from './patient-ear.js';
import { unclearMove } from './unclear-moves.js';
import type { Move } from './utter.js';

type Step = 'anything-else' | 'recap' | 'recap-rest';

/** The task, item by item, then whatever else there is, then the answers read back. */
export class CallScript {
  readonly #setting: CallSetting;
  readonly #ear: PatientEar;
  readonly #steps: Step[] = ['anything-else', 'recap', 'recap-rest'];
  readonly #again: Missed[] = [];
  #items: ItemOfTask[];
  #pending: readonly ItemOfTask[] = [];
  #recapLeft: string[] = [];
  /** The item that the last reply left open for good. */
  #leftUnclear: ItemOfTask | undefined;

  constructor(setting: CallSetting, ear: PatientEar) {
    this.#setting = setting;
    this.#ear = ear;
    this.#items = [...setting.scenario.task.requiredItems];
  }

  get itemsLeft(): number {
    return this.#items.length;
  }

  /** Items asked in the last turn. */
  get pending(): readonly ItemOfTask[] {
    return this.#pending;
  }

  /** Once more: what was not heard or not settled, where it bears on danger or the cue came between. */
  hear({ text, missed, cue, asksBack }: Heard): void {
    const { items } = this.#ear.record;
    this.#pending = [];
    this.#leftUnclear = undefined;
    for (const each of missed) {
      const { item, part } = each;
      const matters = item.redFlag || asksBack || cue !== undefined || part !== undefined;
      // The half that is left is another question than the whole.
      const most = part !== undefined && part !== item.question ? 3 : 2;
      const may = items.timesPut(item.id) < most && !items.isDeclined(item.id);
      if (matters && may) this.#again.push(each);
      else this.#leave(each, text);
    }
  }

  #leave({ item, part }: Missed, text: string): void {
    if (part === undefined) this.#ear.record.items.unanswered(item, text);
    this.#leftUnclear = item;
  }

  /** Asks only what bears on danger from here on: somebody takes the call over after that. */
  keepToFlags(): void {
    this.#items = this.#items.filter(({ redFlag }) => redFlag);
    this.#steps.splice(0);
  }

  /** Whether there is something left that bears on danger. */
  get hasFlagsLeft(): boolean {
    return [...this.#items, ...this.#again.map(({ item }) => item)].some(
      (item) => item.redFlag && !this.#ear.knows(item),
    );
  }

  /** What the script says next; undefined once it is through, or in too much of a hurry. */
  next(clearer: boolean): Move[] | undefined {
    if (this.#hurries()) return undefined;
    const again = this.#takeOpen();
    if (again) return this.#askOnceMore(again, clearer);
    this.#items = this.#items.filter((item) => !this.#ear.knows(item));
    if (this.#items.length > 0) return this.#ask();
    const step = this.#steps.shift();
    return step === undefined ? undefined : this.#step(step, clearer);
  }

  #takeOpen(): Missed | undefined {
    let item = this.#again.shift();
    while (item && this.#ear.knows(item.item)) item = this.#again.shift();
    return item;
  }

  #askOnceMore({ item, part }: Missed, clearer: boolean): Move[] {
    this.#put([item]);
    const question = part ?? item.question;
    const lead = question === item.question ? this.#lead('once-more') : 'the-rest';
    return [
      { name: clearer ? 'plain-words' : lead },
      ...(clearer ? [] : [{ name: `wanted-${wantedForm(question)}` }]),
      asking({ ...item, question }),
    ];
  }

  #ask(): Move[] {
    const { faults, scenario } = this.#setting;
    const total = scenario.task.requiredItems.length;
    const stack = faults.find((fault) => fault.kind === 'stacked-items');
    const first = this.#items.length === total;
    this.#put(this.#items.splice(0, stack && !first ? stack.count : 1));
    const before = first ? this.#opening() : [this.#lead(this.#courtesy())];
    return [...before.map((name) => ({ name })), ...this.#pending.map(asking)];
  }

  #courtesy(): string {
    const usual = this.#setting.random.pick(['ack', 'ack', 'lead-in']);
    return this.#leftUnclear ? unclearMove('left-unclear', this.#leftUnclear) : usual;
  }

  /** A proxy is told whom the questions mean. */
  #opening(): string[] {
    const { role } = this.#setting.scenario.speaker;
    return role === 'patient' ? ['purpose'] : ['purpose', 'about-them'];
  }

  /** Who has spoken of an item's matter before is told that this asks for more. */
  #lead(usual: string): string {
    return this.#pending.some((item) => this.#ear.spokeOf(item)) ? 'besides' : usual;
  }

  #put(items: readonly ItemOfTask[]): void {
    this.#pending = items;
    items.forEach((item) => this.#ear.record.items.puts(item));
  }

  #step(step: Step, clearer: boolean): Move[] | undefined {
    if (step === 'anything-else') {
      const unclear = this.#leftUnclear && unclearMove('left-unclear', this.#leftUnclear);
      return [{ name: unclear ?? 'ack' }, { name: 'anything-else' }];
    }
    const rest = step === 'recap-rest';
    if (!rest) this.#recapLeft = this.#ear.record.lines();
    const all = this.#recapLeft.length;
    if (all === 0) return this.next(clearer);
    // A long recap is read in two parts, as somebody has to hold it against memory.
    const lines = this.#recapLeft.splice(0, rest ? all : Math.ceil(all / 2));
    return [
      { name: rest ? 'recap-go-on' : 'recap-open' },
      ...lines.map((text) => ({ name: 'recap-line', text })),
      { name: this.#recapLeft.length > 0 ? 'recap-so-far' : 'recap-check' },
    ];
  }

  #hurries(): boolean {
    const { faults, scenario } = this.#setting;
    const asked = scenario.task.requiredItems.length - this.#items.length;
    return faults.some((fault) => fault.kind === 'early-close' && asked >= fault.afterItems);
  }
}

function asking({ question }: ItemOfTask): Move {
  return { name: 'item', text: question };
}
