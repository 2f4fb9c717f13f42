import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { mainFile, matrixSim, newFolder } from './matrix-sim.js';

function chat(folder: string, input: readonly string[], ...flags: string[]) {
  const args = [mainFile, 'chat', '--scenario', 'H01-D01', '--run-id', 'c', ...flags];
  return spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    input: `${input.join('\n')}\n`,
    env: { ...process.env, NO_COLOR: '1' },
  });
}

const turnsOf = (folder: string, agent: string) => {
  const shown = matrixSim(folder, 'show', `c/H01-D01/${agent}/1`, '--json').json();
  return (shown as { attempt: { turns: { role: string; text: string }[]; standing: string } })
    .attempt;
};

describe('chat', () => {
  it('lets a person play the patient, and stores and judges what was said', () => {
    const folder = newFolder();
    const said = [
      'Maureen Ashby, 14 March 1958.',
      'I can’t get my breath, sat here doing nothing.',
    ];
    const { status, stdout } = chat(folder, [...said, '/end']);
    expect(status).toBe(0);
    expect(stdout).toContain('You are Maureen Ashby');
    expect(stdout).toContain('undetermined');
    const { turns, standing } = turnsOf(folder, 'careful');
    expect(turns.filter(({ role }) => role === 'patient').map(({ text }) => text)).toEqual(said);
    expect(standing).toBe('valid');
  });

  it('takes a line back, and goes on from there with the same agent', () => {
    const folder = newFolder();
    const { status } = chat(folder, ['Maureen Ashby.', 'Oops.', '/undo', 'Green phlegm.', '/end']);
    expect(status).toBe(0);
    const patient = turnsOf(folder, 'careful').turns.filter(({ role }) => role === 'patient');
    expect(patient.map(({ text }) => text)).toEqual(['Maureen Ashby.', 'Green phlegm.']);
  });

  it('lets a person play the agent against PatBot, with actions by markers', () => {
    const folder = newFolder();
    const { status, stdout } = chat(
      folder,
      [
        'Hello, who am I speaking to?',
        '/facts',
        'Ring 999 now. [ESCALATE EMERGENCY 999] [END CALL]',
      ],
      '--as',
      'agent',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('COPD community team');
    expect(stdout).not.toMatch(/red flag|escalation/i);
    const { turns } = turnsOf(folder, 'person');
    expect(turns.at(-1)).toMatchObject({
      text: 'Ring 999 now.',
      actions: [{ type: 'escalate', act: 'EMERGENCY', mode: '999' }, { type: 'end-call' }],
    });
  });

  it('ends like a hung-up call where the input ends', () => {
    const folder = newFolder();
    expect(chat(folder, ['Maureen Ashby.']).status).toBe(0);
    expect(turnsOf(folder, 'careful').turns.at(-1)?.role).toBe('agent');
  });

  it('names a scenario that is not there', () => {
    const { status, stderr } = matrixSim(newFolder(), 'chat', '--scenario', 'H99-D01');
    expect(status).toBe(2);
    expect(stderr).toContain('H99-D01');
  });
});
