import { Command, InvalidArgumentError } from 'commander';
import { EXIT } from '../../errors.js';
import { findHash } from '../../evidence/hashes-of-run.js';
import { verifyRun } from '../../evidence/verify-run.js';
import { isAsKept, renderVerification } from '../../report/render-verification.js';
import { print, printJson } from '../output.js';
import { findRun, STORE_OPTION, withStore } from '../store-option.js';

interface VerifyFlags {
  readonly store: string;
  readonly expect?: string;
  readonly json?: boolean;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Hash every record of a run anew, and name what was altered since it was written.')
    .argument('<run>', 'id of the run')
    .option(...STORE_OPTION)
    .option('--expect <hash>', 'the hash that run or report printed, kept elsewhere', hashToExpect)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim verify r-2026-11-24-1
  matrix-sim verify r-2026-11-24-1 --expect 92ee90b999b0ec2c026e9dc4e8c2176c3a07724dcba9fe351f962277ca137059
Exit status: 0 as it was, ${EXIT.differs} something differs.`,
    )
    .action(verify);
}

async function verify(id: string, { store: file, expect, json }: VerifyFlags): Promise<void> {
  const verification = await withStore(file, async (store) => {
    const found = await verifyRun(store.evidence(id));
    // Asked only then: of a record of the run that is damaged the verification tells more.
    if (found.records + found.differences.length === 0) await findRun(store, id);
    return found;
  });
  const kept = expect === undefined ? null : (findHash(verification.hashes, expect) ?? null);
  if (json)
    printJson({ run: id, ...verification, ...(expect && { expected: expect, isOf: kept }) });
  else print(renderVerification(id, verification, expect));
  if (!isAsKept(verification, expect)) process.exitCode = EXIT.differs;
}

function hashToExpect(text: string): string {
  const hash = text.toLowerCase();
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  throw new InvalidArgumentError('a hash has 64 hex digits, as run, report and verify print it');
}
