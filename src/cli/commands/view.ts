import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { runAddress } from '../../web/viewer/addresses.js';
import { openViewer } from '../../web/viewer/open-viewer.js';
import { contentReader } from '../../web/viewer/viewed.js';
import { interruptible } from '../interruptible.js';
import { port } from '../option-values.js';
import { note, print } from '../output.js';
import { findRun, STORE_OPTION, withStore } from '../store-option.js';

interface ViewFlags {
  readonly store: string;
  readonly port: number;
  readonly open?: boolean;
  readonly taxonomy?: string;
  readonly scenarioLibrary?: string;
}

/** Milliseconds between two looks at a run in progress. */
const LOOK_EVERY = 1000;

export function viewCommand(): Command {
  return new Command('view')
    .description('Runs, transcripts and verdicts as pages in a browser, on this machine alone.')
    .argument('[run]', 'the run whose page is opened')
    .option(...STORE_OPTION)
    .option('--port <n>', 'where it listens (default: one that is free)', port, 0)
    .option('--open', 'open the browser of this machine on it')
    .option('--taxonomy <folder>', 'a taxonomy (default: as each run was made)')
    .option('--scenario-library <folder>', 'scenarios (default: as each run was made)')
    .addHelpText(
      'after',
      `
The address holds a token that is new each time: whoever has it, sees and labels all of the store.
Examples:
  matrix-sim view
  matrix-sim view r-2026-11-24-1 --port 8080 --open`,
    )
    .action(view);
}

async function view(run: string | undefined, flags: ViewFlags): Promise<void> {
  await withStore(flags.store, async (store) => {
    if (run !== undefined) await findRun(store, run);
    const [token, form] = [newSecret(), newSecret()];
    const viewed = { store, clock: () => new Date(), contentOf: contentReader(flags) };
    const options = { ...viewed, keys: { token, form }, lookEvery: LOOK_EVERY };
    const viewer = await openViewer(options, flags.port);
    const address = viewer.addressOf(run === undefined ? '/' : runAddress(run));
    print([address]);
    note('Ctrl-C ends it');
    if (flags.open) openBrowser(address);
    await interruptible(({ stop }) => aborted(stop));
    await viewer.close();
  });
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Where there is none, the address that was printed is enough. */
function openBrowser(address: string): void {
  const [command, ...before] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...before, address], { stdio: 'ignore', detached: true });
  child.on('error', () => note('no browser could be opened: open the address yourself'));
  child.unref();
}
