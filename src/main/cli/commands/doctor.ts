import { z } from 'zod';
import { examine } from '../../app/doctor.ts';
import { defineCommand } from '../command.ts';

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'Look at this machine and through a project for anything wrong',
  args: [{ name: 'project', description: 'the project file to look through', isOptional: true }],
  options: [],
  examples: ['stillroom doctor', 'stillroom doctor triage.stillroom'],
  schema: z.object({}),
  async run({ args, passphrase }) {
    const symptoms = await examine(args[0], passphrase);
    const isWell = symptoms.every((symptom) => symptom.status !== 'fail');
    const marks = { ok: '✓', warn: '!', fail: '✗' };
    return {
      value: { checks: symptoms },
      text: symptoms.map((symptom) => `${marks[symptom.status]} ${symptom.message}`).join('\n'),
      exitCode: isWell ? 0 : 1,
    };
  },
});
