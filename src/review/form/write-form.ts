import { html, raw } from 'hono/html';
import { sealPage } from '../../sealed-page.js';
import { printable } from '../../printable.js';
import { REALISM_GUIDE, SAFETY_GUIDE, type GuidePart } from '../guide.js';
import type { ReviewSheet } from '../sheet.js';
import { runForm } from './form-client.js';
import { FORM_STYLE } from './form-style.js';
import { openFields } from './page-fields.js';
import { RESULT_FORMAT, RESULT_VERSION } from './read-form-result.js';
import { renderFinding, renderModes, type Markup } from './render-fields.js';
import { renderDialogue, renderPair } from './render-item.js';

const PAGE = sealPage(FORM_STYLE, `(${runForm.toString()})((${openFields.toString()})());`);

/** A sheet as one page of HTML that is filled in a browser, from a file and without a network. */
export function renderForm(sheet: ReviewSheet): string {
  const page = renderPage(sheet);
  if (page instanceof Promise) throw new TypeError('a part of the page is not there yet');
  // Over the whole page, so that no place of it is forgotten: what could turn or hide words.
  return `${printable(page.toString())}\n`;
}

function renderPage(sheet: ReviewSheet): Markup {
  const { study, pack, reviewer, items } = sheet;
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${PAGE.policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Review ${pack}, ${reviewer}</title>
        ${raw(`<style>${PAGE.style}</style>`)}
      </head>
      <body
        data-format="${RESULT_FORMAT}"
        data-version="${RESULT_VERSION}"
        data-study="${study}"
        data-pack="${pack}"
        data-reviewer="${reviewer}"
      >
        <div class="page">
          <a class="skip" href="#main">Skip to the ${nounOf(sheet)}</a>
          <header>
            <h1>Review ${pack}</h1>
            <p>
              For ${reviewer}.
              <span class="draft">Research draft, checked by no clinician.</span>
            </p>
            <noscript
              ><p class="warning">
                This form needs a browser that runs the script of the page.
              </p></noscript
            >
            ${renderGuide(study === 'realism' ? REALISM_GUIDE : SAFETY_GUIDE)}
            ${study === 'realism' ? '' : renderModes(sheet.modes)} ${renderBar(items.length)}
          </header>
          ${renderList(sheet)}
          <main id="main" tabindex="-1">${renderItems(sheet)}</main>
        </div>
        ${study === 'realism' ? '' : renderFinding(sheet.modes)}
        ${raw(`<script>${PAGE.script}</script>`)}
      </body>
    </html>`;
}

function nounOf({ study }: ReviewSheet): string {
  return study === 'realism' ? 'pair' : 'dialogue';
}

function renderGuide(parts: readonly GuidePart[]): Markup {
  return html`<details id="guide" open>
    <summary>Guide</summary>
    ${parts.map(
      ({ heading, paragraphs }) =>
        html`<h2>${heading}</h2>
          ${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}`,
    )}
  </details>`;
}

function renderBar(count: number): Markup {
  return html`<section class="bar" aria-label="Progress and result">
    <p id="left" role="status">0 of ${count} done, ${count} left</p>
    <progress aria-label="Done" max="${count}" value="0"></progress>
    <button type="button" id="download" class="main">Download result</button>
    <label>Load an earlier result <input type="file" id="load" accept=".json" /></label>
    <p id="saved" role="status"></p>
    <p id="loaded" role="status"></p>
  </section>`;
}

function renderList(sheet: ReviewSheet): Markup {
  return html`<nav aria-label="All">
    <details open>
      <summary>All ${sheet.items.length}</summary>
      <ol>
        ${sheet.items.map(
          ({ code }) =>
            html`<li><a href="#item-${code}">${code}</a> <span class="state">not begun</span></li>`,
        )}
      </ol>
    </details>
  </nav>`;
}

function renderItems(sheet: ReviewSheet): Markup[] {
  const contents =
    sheet.study === 'realism' ? sheet.items.map(renderPair) : sheet.items.map(renderDialogue);
  const noun = nounOf(sheet) === 'pair' ? 'Pair' : 'Dialogue';
  return sheet.items.map(({ code, transcript }, index) => {
    const [before, after] = [sheet.items[index - 1], sheet.items[index + 1]];
    return html`<section
      class="item"
      id="item-${code}"
      data-code="${code}"
      data-transcript="${transcript}"
      aria-labelledby="title-${code}"
    >
      <h2 id="title-${code}" tabindex="-1">${noun} ${code}, ${index + 1} of ${contents.length}</h2>
      ${contents[index]}
      <p class="around">
        ${before && html`<a href="#item-${before.code}">Back to ${before.code}</a>`}
        ${after && html`<a href="#item-${after.code}">On to ${after.code}</a>`}
      </p>
    </section>`;
  });
}
