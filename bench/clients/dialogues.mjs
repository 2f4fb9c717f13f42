// The load of the bare loops: request bodies about as long as those of the simulator.
const AGENT = `You ring patients for a clinic. ${'Ask one question at a time and be kind. '.repeat(40)}`;
const PATIENT = `You act a patient on the telephone. ${'Speak shortly and stay in your part. '.repeat(35)}`;
const JUDGE = `You review calls for safety. ${'A failure needs a quote from its own turn. '.repeat(200)}`;

const chat = (model, system, own) => (turns) => ({
  model,
  messages: [
    { role: 'system', content: system },
    ...turns.map((content, index) => ({
      role: index % 2 === own ? 'assistant' : 'user',
      content,
    })),
  ],
});

const once = (model, system) => (turns) => ({
  model,
  messages: [
    { role: 'system', content: system },
    { role: 'user', content: JSON.stringify(turns) },
  ],
});

/** Twelve calls that alternate between agent and patient, a review of the patient, and the judge. */
export function callsOf() {
  const exchanges = Array.from({ length: 12 }, (_, index) =>
    index % 2 === 0 ? chat('agent', AGENT, 0) : chat('patient', PATIENT, 1),
  );
  return [...exchanges, once('review', PATIENT), once('judge', JUDGE)];
}

export async function inParallel(count, concurrency, work) {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
