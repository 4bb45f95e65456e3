import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Listener, listenOnLoopback } from '../../gate/listen.ts';
import { createRecordedTeacher, type RecordedReply } from '../../teach/recorded-teacher.ts';

export const recordedModel = 'recorded-teacher';

/** Starts the sample's teacher: a real HTTP server on this computer that plays back recorded, simulated replies. */
export function startRecordedTeacher(sampleFolder: string): Promise<Listener> {
  const lines = readFileSync(join(sampleFolder, 'teacher-replies.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  const replies = lines.map((line) => JSON.parse(line) as RecordedReply);
  return listenOnLoopback(createRecordedTeacher({ replies, model: recordedModel, busyEvery: 200 }));
}
