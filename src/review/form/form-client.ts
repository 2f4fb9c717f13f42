/// <reference lib="dom" />
import type { PageFields, Values } from './page-fields.js';

/** One item of a result; `findings` only where the form asks for them. */
interface Item {
  readonly code: string;
  readonly transcript: string;
  readonly findings?: readonly Values[];
  readonly [field: string]: unknown;
}

interface Result {
  readonly format: string;
  readonly version: number;
  readonly study: string;
  readonly pack: string;
  readonly reviewer: string;
  readonly items: readonly Item[];
}

/**
 * What the page of a form does in a browser: keeps what is entered, shows one item at a time, and
 * gives the result as a file. It is embedded by its own text, so it can use nothing that is not given to it.
 */
export function runForm(fields: PageFields): void {
  const { all, one, valuesOf, putValues, isFilled } = fields;
  const { format = '', version, study = '', pack = '', reviewer = '' } = document.body.dataset;
  const key = ['matrix-sim', study, pack, reviewer].join('/');
  const sections = all<HTMLElement>(document, '.item');
  let isKept = true;
  let isChanged = false;

  function formOf(section: HTMLElement): HTMLFormElement {
    return one(section, 'form', HTMLFormElement);
  }

  function rowsOf(section: HTMLElement): HTMLFieldSetElement[] {
    return all(section, '.finding');
  }

  function itemOf(section: HTMLElement): Item {
    const { code = '', transcript = '' } = section.dataset;
    const item = { code, transcript, ...valuesOf(formOf(section)) };
    if (!section.querySelector('.findings')) return item;
    return { ...item, findings: rowsOf(section).map(valuesOf).filter(isFilled) };
  }

  function result(): Result {
    const items = sections.map(itemOf);
    return { format, version: Number(version), study, pack, reviewer, items };
  }

  function stateOf(section: HTMLElement): string {
    const form = formOf(section);
    const isBegun = rowsOf(section).length > 0 || isFilled(valuesOf(form));
    if (!isBegun) return 'not begun';
    return form.matches(':valid') ? 'done' : 'begun';
  }

  function setText(selector: string, text: string): void {
    const element = one(document, selector);
    // A text that is put again is read out again.
    if (element.textContent !== text) element.textContent = text;
  }

  function showProgress(): void {
    const states = sections.map(stateOf);
    const done = states.filter((state) => state === 'done').length;
    all<HTMLElement>(document, '.state').forEach((element, index) => {
      element.textContent = states[index] ?? '';
      element.dataset.state = states[index];
    });
    one(document, 'progress', HTMLProgressElement).value = done;
    setText('#left', `${done} of ${sections.length} done, ${sections.length - done} left`);
  }

  function keep(): void {
    try {
      localStorage.setItem(key, JSON.stringify(result()));
      isKept = true;
    } catch {
      isKept = false;
    }
    showKept(isKept ? 'Saved in this browser.' : '');
  }

  function showKept(text: string): void {
    const lost =
      'This browser keeps nothing of this page: download the result before you close it, and load it to go on.';
    setText('#saved', isKept ? text : lost);
    one(document, '#saved').classList.toggle('warning', !isKept);
  }

  function change(): void {
    isChanged = true;
    showProgress();
    keep();
  }

  function showCriterion(row: HTMLFieldSetElement): void {
    const { value } = one(row, '[name=mode]', HTMLSelectElement);
    one(row, '.criterion').textContent =
      document.getElementById(`mode-${value}`)?.textContent ?? '';
  }

  function numberRows(section: HTMLElement): void {
    rowsOf(section).forEach((row, index) => {
      one(row, 'legend').textContent = `Finding ${index + 1}`;
      one(row, '.remove').textContent = `Remove finding ${index + 1}`;
    });
  }

  function turnChoices(section: HTMLElement): HTMLOptionElement[] {
    return all<HTMLElement>(section, '.turn[data-role=agent]').map((turn) => {
      const words = one(turn, '.words').textContent;
      const beginning = words.length > 60 ? `${words.slice(0, 60)}…` : words;
      return new Option(`${turn.dataset.number ?? ''}: ${beginning}`, turn.dataset.number);
    });
  }

  function addRow(section: HTMLElement, values: Values = {}): HTMLFieldSetElement {
    const { content } = one(document, '#finding', HTMLTemplateElement);
    one(section, '.findings').append(content.cloneNode(true));
    const row = rowsOf(section).at(-1);
    if (!row) throw new Error('the page has no finding to add');
    one(row, '[name=turn]').append(...turnChoices(section));
    putValues(row, values);
    showCriterion(row);
    numberRows(section);
    return row;
  }

  function removeRow(section: HTMLElement, row: HTMLFieldSetElement): void {
    row.remove();
    numberRows(section);
    one(section, '.add').focus();
    change();
  }

  function putItem(section: HTMLElement, item: Item): void {
    putValues(formOf(section), item);
    for (const row of rowsOf(section)) row.remove();
    for (const finding of item.findings ?? []) addRow(section, finding);
  }

  /** Takes over a result; says why not, or of what not. */
  function takeOver(text: string): string {
    const of = JSON.parse(text) as Result;
    if (of.format !== format) return 'That file is no result of such a form.';
    if (of.study !== study || of.pack !== pack || of.reviewer !== reviewer) {
      return `That file is of ${of.reviewer} for ${of.pack}, and this form is of ${reviewer} for ${pack}.`;
    }
    const items = new Map(of.items.map((item) => [`${item.code}/${item.transcript}`, item]));
    let missing = 0;
    for (const section of sections) {
      const { code = '', transcript = '' } = section.dataset;
      const item = items.get(`${code}/${transcript}`);
      if (item) putItem(section, item);
      else missing += 1;
    }
    return missing
      ? `That file has no answers to the words shown here of ${missing} of these.`
      : '';
  }

  function tryTakeOver(text: string): string {
    try {
      return takeOver(text);
    } catch {
      return 'That is no result of such a form, or was damaged on its way.';
    }
  }

  async function load(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    const isBegun = sections.some((section) => stateOf(section) !== 'not begun');
    if (!file || (isBegun && !confirm('Replace what is entered here by what is in that file?'))) {
      return;
    }
    const problem = tryTakeOver(await file.text());
    input.value = '';
    change();
    setText('#loaded', problem || `Loaded ${file.name}.`);
  }

  function download(): void {
    const json = `${JSON.stringify(result(), null, 2)}\n`;
    const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${pack}-${reviewer}.json`;
    link.click();
    // The browser reads the file after this turn of its own.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    isChanged = false;
    setText('#loaded', `Downloaded as ${link.download}: send that file back.`);
  }

  function sectionAt(hash: string): HTMLElement | undefined {
    return sections.find(({ id }) => `#${id}` === hash);
  }

  function show(shown: HTMLElement): void {
    for (const section of sections) section.hidden = section !== shown;
    for (const link of all(document, 'nav a')) {
      if (link.getAttribute('href') === `#${shown.id}`) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  function goTo(section: HTMLElement): void {
    show(section);
    one(section, 'h2').focus();
  }

  function goOn(from: HTMLElement): void {
    const at = sections.indexOf(from);
    const order = [...sections.slice(at + 1), ...sections.slice(0, at)];
    const next = order.find((section) => stateOf(section) !== 'done');
    if (next) location.hash = next.id;
    else one(document, '#download').focus();
  }

  function start(section: HTMLElement): void {
    const form = formOf(section);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      change();
      goOn(section);
    });
    form.addEventListener('input', ({ target }) => {
      const row = (target as Element).closest<HTMLFieldSetElement>('.finding');
      if (row) showCriterion(row);
      change();
    });
    form.addEventListener('click', ({ target }) => {
      const button = (target as Element).closest('button');
      const row = button?.closest<HTMLFieldSetElement>('.finding');
      if (button?.matches('.add')) {
        one(addRow(section), 'select').focus();
        change();
      }
      if (button?.matches('.remove') && row) removeRow(section, row);
    });
  }

  function restore(): void {
    try {
      const kept = localStorage.getItem(key);
      localStorage.setItem(key, kept ?? '');
      if (!kept) return showKept('');
      const problem = tryTakeOver(kept);
      one(document, '#guide', HTMLDetailsElement).open = false;
      showKept(problem || 'Your answers of before are here.');
    } catch {
      isKept = false;
      showKept('');
    }
  }

  sections.forEach(start);
  restore();
  showProgress();
  const open = sections.find((section) => stateOf(section) !== 'done') ?? sections[0];
  const first = sectionAt(location.hash) ?? open;
  if (first) show(first);

  one(document, '#download').addEventListener('click', download);
  one(document, '#load', HTMLInputElement).addEventListener('change', ({ target }) => {
    void load(target as HTMLInputElement);
  });
  addEventListener('hashchange', () => {
    const section = sectionAt(location.hash);
    if (section) goTo(section);
  });
  // The same form in another window: what is entered there is not to be overwritten from here.
  addEventListener('storage', (event) => {
    if (event.key !== key || !event.newValue) return;
    tryTakeOver(event.newValue);
    showProgress();
  });
  addEventListener('beforeunload', (event) => {
    if (isChanged && !isKept) event.preventDefault();
  });
}
