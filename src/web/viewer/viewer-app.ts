import { Hono, type Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { MatrixError, reasonOf } from '../../errors.js';
import { validate } from '../../read-file.js';
import { dialogueId, type DialogueKey } from '../../store/run-record.js';
import { printable } from '../../printable.js';
import { WEB_STYLE } from '../style.js';
import { address, dialogueAddress } from './addresses.js';
import { guard, isSame, type ViewerKeys } from './guard.js';
import { listQuerySchema } from './list-query.js';
import { loadComparison } from './load-comparison.js';
import { loadDialogue, loadDialoguePage } from './load-dialogue.js';
import { keepLabel, labelFormSchema, loadReview, nextToReview } from './load-review.js';
import { loadRun } from './load-run.js';
import { renderComparisonPage } from './pages/compare-page.js';
import { renderBeside, renderDialoguePage } from './pages/dialogue-page.js';
import { renderError } from './pages/error-page.js';
import { renderLive, wordsOfCounts, wordsOfSpent, wordsOfState } from './pages/live-page.js';
import { renderReview, renderReviewStart } from './pages/review-page.js';
import { renderRun } from './pages/run-page.js';
import { renderRuns } from './pages/runs-page.js';
import { findRun, NotThere, type Viewed } from './viewed.js';
import { runViewer } from './viewer-client.js';
import { stateOf, watchRun, type Watched } from './watch-run.js';

export interface ViewerOptions extends Viewed {
  readonly keys: ViewerKeys;
  /** The port that is listened on, once it is known. */
  readonly portOf: () => number;
  /** Milliseconds between two looks at a run in progress. */
  readonly lookEvery: number;
}

const DIALOGUE = '/runs/:run/dialogues/:scenario/:agent/:repeat';

/** The pages of a store: nothing is changed but by a form of one of them. */
export function createViewerApp(options: ViewerOptions): Hono {
  const app = new Hono();
  app.use(guard(options.keys, options.portOf));
  app.onError((error, context) => {
    if (!(error instanceof MatrixError)) return context.html(renderError(defect(error)), 500);
    return context.html(renderError(error), error instanceof NotThere ? 404 : 422);
  });
  app.notFound((context) => {
    const error = new NotThere('there is no such page', { mend: 'Begin with the list of runs.' });
    return context.html(renderError(error), 404);
  });
  app.get('/style.css', (context) => context.body(WEB_STYLE, 200, { 'content-type': 'text/css' }));
  app.get('/viewer.js', (context) =>
    context.body(`(${runViewer.toString()})();`, 200, { 'content-type': 'text/javascript' }),
  );
  addRuns(app, options);
  addDialogues(app, options);
  addReview(app, options);
  addLive(app, options);
  return app;
}

function addRuns(app: Hono, viewed: ViewerOptions): void {
  const { store } = viewed;
  app.get('/', async (context) => {
    const runs = await store.runs();
    const listed = await Promise.all(
      runs.map(async (run) => ({ ...run, isRunning: await store.isLocked(run.id) })),
    );
    return context.html(renderRuns(listed));
  });
  app.get('/runs/:run', async (context) => {
    const query = validate(context.req.query(), 'the filter', listQuerySchema);
    return context.html(renderRun(await loadRun(viewed, context.req.param('run'), query)));
  });
  app.get('/compare', async (context) => {
    const { a = '', b = a } = context.req.query();
    return context.html(renderComparisonPage(await loadComparison(viewed, a, b)));
  });
}

function addDialogues(app: Hono, viewed: ViewerOptions): void {
  const { form } = viewed.keys;
  app.get(DIALOGUE, async (context) => {
    const { beside, judging, by } = context.req.query();
    const key = keyIn(context);
    const load = (of: DialogueKey) =>
      loadDialogue(viewed, context.req.param('run'), of, judging, context.req.raw.signal);
    const model = await load(key);
    if (beside !== undefined) {
      return context.html(renderBeside(model, await load({ ...key, agent: beside })));
    }
    return context.html(renderDialoguePage(await loadDialoguePage(viewed, model), { form, by }));
  });
  app.post(`${DIALOGUE}/label`, async (context) => {
    const label = await formIn(context, form);
    const [run, key] = [context.req.param('run'), keyIn(context)];
    await keepLabel(viewed, run, key, label);
    return context.redirect(dialogueAddress(run, key, { by: label.by }), 303);
  });
}

function addReview(app: Hono, viewed: ViewerOptions): void {
  const { form } = viewed.keys;
  app.get('/runs/:run/review', async (context) => {
    const [run, by] = [context.req.param('run'), context.req.query('by') ?? ''];
    const next = by === '' ? undefined : await nextToReview(viewed, run, by);
    if (!next) return context.html(renderReviewStart(run, by !== ''));
    return context.redirect(address(['runs', run, 'review', String(next.number)], { by }), 303);
  });
  app.get('/runs/:run/review/:number{[0-9]+}', async (context) => {
    const { run, number } = context.req.param();
    const { by = '' } = context.req.query();
    return context.html(renderReview(await loadReview(viewed, run, Number(number), by), form));
  });
  app.post('/runs/:run/review/:number{[0-9]+}', async (context) => {
    const label = await formIn(context, form);
    const { run, number } = context.req.param();
    const { key } = await loadReview(viewed, run, Number(number), label.by);
    await keepLabel(viewed, run, key, label);
    return context.redirect(address(['runs', run, 'review'], { by: label.by }), 303);
  });
}

function addLive(app: Hono, viewed: ViewerOptions): void {
  const { store, keys, lookEvery: every } = viewed;
  app.get('/runs/:run/live', async (context) => {
    const run = await findRun(viewed, context.req.param('run'));
    return context.html(renderLive(run, await stateOf(viewed, run), keys.form));
  });
  app.post('/runs/:run/stop', async (context) => {
    const run = context.req.param('run');
    await assertForm(context, keys.form);
    await findRun(viewed, run);
    // A request to nobody would stop whoever goes on with it later.
    if (await store.isLocked(run)) await store.requestStop(run);
    return context.redirect(address(['runs', run, 'live']), 303);
  });
  app.get('/runs/:run/events', async (context) => {
    const { id } = await findRun(viewed, context.req.param('run'));
    return streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const { signal } = gone;
      for await (const look of watchRun(viewed, id, { every, signal })) {
        for (const event of eventsOf(id, look)) await stream.writeSSE(event);
      }
      await stream.writeSSE({ event: 'end', data: '' });
    });
  });
}

function defect(cause: unknown): MatrixError {
  return new MatrixError(`a defect in matrix-sim: ${reasonOf(cause)}`, {
    mend: 'Please report it.',
    cause,
  });
}

function eventsOf(run: string, { state, failures }: Watched) {
  const words = {
    ...{ state: wordsOfState(state), counts: wordsOfCounts(state), spent: wordsOfSpent(state) },
    ...{ held: state.held, isRunning: state.isRunning },
  };
  return [
    { event: 'state', data: JSON.stringify(words) },
    ...failures.map((each) => ({
      event: 'failure',
      data: JSON.stringify({
        href: dialogueAddress(run, each),
        name: printable(`${dialogueId(each)} ${each.severity ?? ''}`),
      }),
    })),
  ];
}

function keyIn(context: Context): DialogueKey {
  const { scenario = '', agent = '', repeat = '' } = context.req.param() as Record<string, string>;
  return { scenario, agent, repeat: Number(repeat) };
}

/** @throws MatrixError where it comes from no page of this viewer */
async function assertForm(context: Context, form: string): Promise<Record<string, unknown>> {
  const body = await context.req.parseBody();
  if (typeof body.form === 'string' && isSame(body.form, form)) return body;
  throw new MatrixError('that form is of no page of this viewer', { mend: 'Load the page again.' });
}

async function formIn(context: Context, form: string) {
  return validate(await assertForm(context, form), 'the form', labelFormSchema);
}
