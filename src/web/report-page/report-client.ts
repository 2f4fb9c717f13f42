/// <reference lib="dom" />
import type { PackedIndex } from './packed-dialogues.js';

/**
 * What the page does in a browser: opens the dialogues behind a figure, and one of them, by the part of
 * the address after `#`. It is embedded by its own text, so it can use nothing that is not given to it.
 */
export function runReport(): void {
  const unpacked = new Map<string, Promise<unknown>>();
  const dialog = one('#opened', HTMLDialogElement);
  const title = one('#opened-title', HTMLElement);
  const body = one('#opened-body', HTMLElement);

  function one<T extends Element>(selector: string, kind: new () => T): T {
    const element = document.querySelector(selector);
    if (!(element instanceof kind)) throw new Error(`the page has no ${selector}`);
    return element;
  }

  async function unpack(id: string): Promise<unknown> {
    const packed = atob(one(`#${id}`, HTMLScriptElement).text.trim());
    const bytes = Uint8Array.from(packed, (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return JSON.parse(await new Response(stream).text());
  }

  function unpackOnce(id: string): Promise<unknown> {
    const known = unpacked.get(id) ?? unpack(id);
    unpacked.set(id, known);
    return known;
  }

  function linkTo(id: string): HTMLAnchorElement {
    const link = document.createElement('a');
    link.href = `#d=${encodeURI(id)}`;
    link.textContent = id;
    return link;
  }

  function listOf({ dialogues }: PackedIndex, places: readonly number[]): HTMLElement {
    const list = document.createElement('ol');
    for (const place of places) {
      const [id = '', line = ''] = dialogues[place] ?? [];
      const item = document.createElement('li');
      item.append(linkTo(id), ` ${line}`);
      list.append(item);
    }
    return list;
  }

  async function markupOf({ dialogues, inABlock }: PackedIndex, id: string): Promise<Node> {
    const place = dialogues.findIndex(([known]) => known === id);
    if (place < 0) return document.createTextNode('This page holds no such dialogue.');
    const block = (await unpackOnce(`block-${Math.floor(place / inABlock)}`)) as string[];
    const template = document.createElement('template');
    template.innerHTML = block[place % inABlock] ?? '';
    return template.content;
  }

  async function show(hash: string): Promise<void> {
    const [, kind, name = ''] = /^#([dl])=(.+)$/.exec(hash) ?? [];
    if (kind === undefined) {
      dialog.close();
      return;
    }
    const index = (await unpackOnce('index')) as PackedIndex;
    const id = decodeURI(name);
    const list = kind === 'l' ? index.lists[Number(name) - 1] : undefined;
    const content = list ? listOf(index, list.dialogues) : await markupOf(index, id);
    // Somebody who went on meanwhile wants the later one.
    if (location.hash !== hash) return;
    title.textContent = list ? `${list.title}: ${list.dialogues.length}` : id;
    body.replaceChildren(content);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    title.focus();
  }

  function open(): void {
    show(location.hash).catch((error: unknown) => {
      title.textContent = 'This browser cannot unpack the dialogues of the page.';
      body.textContent = String(error);
      if (!dialog.open) dialog.showModal();
    });
  }

  /** Within an opened dialogue a link leads to a turn or a verdict, and the address stays. */
  function goWithin(event: Event): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const target = document.getElementById(link?.hash.slice(1) ?? '');
    if (!target || !body.contains(target)) return;
    event.preventDefault();
    target.closest('details')?.setAttribute('open', '');
    target.scrollIntoView();
    target.focus();
  }

  body.addEventListener('click', goWithin);
  one('#opened-close', HTMLButtonElement).addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    if (/^#[dl]=/.test(location.hash)) history.replaceState(null, '', location.pathname);
  });
  addEventListener('hashchange', open);
  if (/^#[dl]=/.test(location.hash)) open();
}
