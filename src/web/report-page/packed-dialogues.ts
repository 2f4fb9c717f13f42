import { gzipSync } from 'node:zlib';
import { html, raw } from 'hono/html';
import { printable } from '../../printable.js';
import { dialogueId } from '../../store/run-record.js';
import type { Markup } from '../components/page-shell.js';
import { dialogueFragment, lineOf } from './dialogue-fragment.js';
import type { DialogueList } from './dialogue-lists.js';
import type { ReportModel } from './report-model.js';

/** Dialogues that are unpacked together when one of them is opened. */
const IN_A_BLOCK = 200;

/** What the page's script unpacks first: every dialogue with a line about it, and the lists of the figures. */
export interface PackedIndex {
  readonly inABlock: number;
  readonly dialogues: readonly (readonly [id: string, line: string])[];
  /** By number, from 1; dialogues by their place. */
  readonly lists: readonly { readonly title: string; readonly dialogues: readonly number[] }[];
}

/** Blocks of data that no browser shows or runs: the index, then the dialogues' markup in the store's order. */
export function packedDialogues(model: ReportModel, lists: readonly DialogueList[]): Markup {
  const { dialogues } = model;
  const starts = Array.from(
    { length: Math.ceil(dialogues.length / IN_A_BLOCK) },
    (_, block) => block * IN_A_BLOCK,
  );
  return html`${block('index', indexOf(model, lists))}
  ${starts.map((start, number) =>
    block(
      `block-${number}`,
      dialogues.slice(start, start + IN_A_BLOCK).map((each) => dialogueFragment(each, model)),
    ),
  )}`;
}

function indexOf({ dialogues }: ReportModel, lists: readonly DialogueList[]): PackedIndex {
  const places = new Map(dialogues.map((dialogue, place) => [dialogueId(dialogue), place]));
  return {
    inABlock: IN_A_BLOCK,
    dialogues: dialogues.map((dialogue) => [dialogueId(dialogue), printable(lineOf(dialogue))]),
    lists: lists.map(({ title, dialogues: ids }) => ({
      title: printable(title),
      dialogues: ids.flatMap((id) => places.get(id) ?? []),
    })),
  };
}

/** Base64 has no sign that HTML knows. */
function block(id: string, content: unknown): Markup {
  const packed = gzipSync(JSON.stringify(content), { level: 9 }).toString('base64');
  return html`<script type="application/octet-stream" id="${id}">
    ${raw(packed)}
  </script>`;
}
