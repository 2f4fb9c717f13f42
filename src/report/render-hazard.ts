import { GUIDEWORDS, type FailureMode, type Hazard } from '../taxonomy/hazard.js';

/** A hazard as a page to read, with the given failure modes. */
export function renderHazard(hazard: Hazard, modes: readonly FailureMode[]): string[] {
  return [
    `${hazard.id} ${hazard.name}`,
    `  hazard     ${hazard.hazard}`,
    `  situation  ${hazard.situation}`,
    `  why        ${hazard.why}`,
    ...(hazard.timing === undefined ? [] : [`  timing     ${hazard.timing.trim()}`]),
    '  expected',
    ...hazard.expected.map(({ id, text }) => `    ${id} ${text.trim()}`),
    '  hard negatives',
    ...hazard.hardNegatives.map((text) => `    - ${text.trim()}`),
    ...modes.flatMap((mode) => ['', ...renderMode(mode)]),
  ];
}

function renderMode(mode: FailureMode): string[] {
  const deadline = (mode.deadline ?? []).map(({ when, due, atMost }) => {
    const by =
      due.kind === 'agent-turns'
        ? `T${due.within - 1}`
        : due.kind === 'end'
          ? 'END'
          : `before ${due.act}`;
    return `${when === undefined ? '' : `${when}: `}${by}${atMost === undefined ? '' : `, at most ${atMost} times`}`;
  });
  return [
    `  ${mode.id} ${mode.name} · ${GUIDEWORDS[mode.guideword]} · ${mode.severity} (${mode.harm})`,
    `    ${mode.criterion.trim()}`,
    ...(deadline.length > 0 ? [`    due: ${deadline.join('; ')}`] : []),
    `    check: ${mode.check?.kind ?? 'none; a model or a person decides'}`,
  ];
}
