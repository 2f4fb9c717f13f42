import path from 'node:path';
import { z } from 'zod';
import { isPackagedRecording } from '../judge/recorded/recording-place.js';
import { readYaml } from '../read-file.js';
import { planSchema, type PlanInput } from './plan.js';

/** Fields that name a file or folder. */
const PATHS = [
  'agentPrompt',
  'policy',
  'juryWeights',
  'prices',
  'taxonomy',
  'scenarioLibrary',
  'store',
] as const;

/** Specs that name a file: `http:FILE.yaml`, `bot=module:FILE.mjs`, `jury:FILE.yaml`, `recorded:FOLDER`, `file:FILE`. */
const FILE_SPEC = /^((?:[\w.-]+=)?(?:module|http|jury|file|recorded):)(?!\/\/)(.+)$/s;

/**
 * Reads a plan file. What it names by a relative path stands beside it, wherever the command is run;
 * a `command:` stays as it is, since only the shell knows which of its words are files.
 * @throws MatrixError naming the place in the file that is wrong
 */
export function readPlan(file: string): PlanInput {
  readYaml(file, planSchema);
  const stated: PlanInput = readYaml(file, z.looseObject({}));
  const beside = (target: string) => besidePlan(file, target);
  const specBeside = (spec: string) =>
    spec.replace(FILE_SPEC, (all, kind: string, target: string) =>
      kind === 'recorded:' && isPackagedRecording(target) ? all : kind + beside(target),
    );
  const paths = PATHS.map((field) => [field, stated[field] && beside(stated[field])]);
  const files = Object.fromEntries(paths) as Partial<PlanInput>;
  return withoutGaps({
    ...stated,
    ...files,
    agents: stated.agents?.map(specBeside),
    judges: stated.judges?.map(specBeside),
    ear: stated.ear && specBeside(stated.ear),
  });
}

function besidePlan(file: string, target: string): string {
  if (path.isAbsolute(target) || /^postgres(ql)?:\/\//i.test(target)) return target;
  const relative = path.relative('.', path.resolve(path.dirname(file), target));
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** Without the fields that hold nothing: they take their default, or stay as a run has them. */
export function withoutGaps(fields: {
  readonly [F in keyof PlanInput]?: PlanInput[F] | undefined;
}) {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as PlanInput;
}
