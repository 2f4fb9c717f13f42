import { MatrixError } from '../../errors.js';
import { fileOfHazard } from '../../taxonomy/check-references.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { layersOf } from '../../taxonomy/taxonomy-folder.js';
import { unknownReference } from '../../taxonomy/unknown-reference.js';

/** What is named, by name: phrase lists, and cues by hazard. */
interface Named {
  readonly statements: Readonly<Record<string, unknown>>;
  readonly cues: Readonly<Record<string, unknown>>;
}

/** @throws MatrixError where modes name phrase lists, or cues hazards, that are not there */
export function checkRecognition({ statements, cues }: Named, taxonomy: Taxonomy): void {
  const found = [
    ...unknownLists(Object.keys(statements), taxonomy),
    ...unknownHazards(cues, taxonomy),
  ];
  const [first] = found;
  if (!first) return;
  const findings = found.map(({ message }) => message);
  throw new MatrixError(first.message, { mend: first.mend, findings });
}

function unknownLists(lists: readonly string[], taxonomy: Taxonomy): MatrixError[] {
  return taxonomy.hazards.flatMap(({ id, modes }) =>
    modes.flatMap(({ id: mode, check }) =>
      check?.kind !== 'statement' || lists.includes(check.says)
        ? []
        : unknownReference(
            `${fileOfHazard(taxonomy, id)}, ${mode}`,
            'phrase list',
            check.says,
            lists,
            'Name one of these under says, or add the list to recognition/statements.yaml.',
          ),
    ),
  );
}

function unknownHazards(cues: Named['cues'], taxonomy: Taxonomy): MatrixError[] {
  const ids = taxonomy.hazards.map(({ id }) => id);
  const file = layersOf(taxonomy, 'recognition/cues.yaml').at(-1) ?? '';
  return Object.keys(cues)
    .filter((id) => !ids.includes(id))
    .map((id) => unknownReference(file, 'hazard', id, ids, 'Use the id of a hazard.'));
}
