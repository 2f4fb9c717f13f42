import { MatrixError } from '../errors.js';
import type { FailureMode, Hazard } from './hazard.js';
import type { Taxonomy } from './taxonomy.js';
import { layersOf } from './taxonomy-folder.js';
import { unknownReference } from './unknown-reference.js';

/** The file in which a hazard stands. */
export function fileOfHazard(taxonomy: Pick<Taxonomy, 'folder' | 'isExtension'>, id: string) {
  return layersOf(taxonomy, `${id}.yaml`).at(-1) ?? `${id}.yaml`;
}

/** What leads nowhere, or is there twice, within hazards and index. */
export function checkReferences(taxonomy: Taxonomy): MatrixError[] {
  return [
    ...taxonomy.hazards.flatMap((hazard) => {
      const file = fileOfHazard(taxonomy, hazard.id);
      return hazard.modes.flatMap((mode) => checkMode(mode, hazard, taxonomy, file));
    }),
    ...checkIndex(taxonomy),
  ];
}

function checkMode(
  mode: FailureMode,
  hazard: Hazard,
  { conditions }: Taxonomy,
  file: string,
): MatrixError[] {
  const at = `${file}, ${mode.id}`;
  const expected = hazard.expected.map(({ id }) => id);
  const finding = (text: string, mend: string) => new MatrixError(`${at}: ${text}`, { mend });
  return [
    ...conditionsOf(mode)
      .filter((name) => !Object.hasOwn(conditions, name))
      .map((name) => unknownReference(at, 'condition', name, Object.keys(conditions), CONDITION)),
    ...(mode.expected ?? [])
      .filter((id) => !expected.includes(id))
      .map((id) => unknownReference(at, 'expectation', id, expected, EXPECTED)),
    ...(mode.id.startsWith(hazard.id)
      ? []
      : [finding(`does not belong to ${hazard.id}`, 'Begin its id with the id of its hazard.')]),
    ...(hazard.modes.find(({ id }) => id === mode.id) === mode
      ? []
      : [finding('is there twice', 'Give each mode an id of its own.')]),
    ...(mode.check?.kind === 'act-by-deadline' && mode.deadline === undefined
      ? [finding('its check needs a deadline', 'Say by when the act is due, as deadline: T0.')]
      : []),
  ];
}

const CONDITION = 'Declare it under conditions in taxonomy.yaml, or use one that is there.';
const EXPECTED = 'Use the id of an entry under expected.';

function checkIndex(taxonomy: Taxonomy): MatrixError[] {
  const file = layersOf(taxonomy, 'taxonomy.yaml').at(-1) ?? '';
  const named = [...taxonomy.precedence.map(({ order }) => order), taxonomy.yieldToOwn].flat();
  const strangers = named.filter((id) => !taxonomy.modes.has(id));
  const undeclared = taxonomy.decidedByCase.filter((id) => !Object.hasOwn(taxonomy.conditions, id));
  const modes = [...taxonomy.modes.keys()];
  return [
    ...strangers.map((id) =>
      unknownReference(`${file}, precedence`, 'failure mode', id, modes, 'Use the id of a mode.'),
    ),
    ...undeclared.map((id) =>
      unknownReference(
        `${file}, decidedByCase`,
        'condition',
        id,
        Object.keys(taxonomy.conditions),
        CONDITION,
      ),
    ),
  ];
}

function conditionsOf(mode: FailureMode): string[] {
  return [
    ...(mode.appliesWhen ?? []),
    ...mode.exempt.flatMap((exemption) => ('case' in exemption ? [exemption.case] : [])),
    ...(mode.deadline ?? []).flatMap((arm) => arm.when ?? []),
    ...(mode.milder ? [mode.milder.unless] : []),
  ];
}
