import { randomUUID } from 'node:crypto';
import { parseTask, type Task } from '../../shared/domain/task.ts';
import type { Database } from './database.ts';

/** The one row that says what the project is for. */
export function createProjectTable(db: Database) {
  return {
    create(task: Task): void {
      db.prepare(
        'INSERT INTO project (id, uuid, task_json, created_at_ms) VALUES (1, ?, ?, ?)',
      ).run(randomUUID(), JSON.stringify(task), Date.now());
    },
    setTask(task: Task): void {
      db.prepare('UPDATE project SET task_json = ?').run(JSON.stringify(task));
    },
    task(): Task {
      return parseTask(
        JSON.parse(db.prepare('SELECT task_json FROM project').pluck().get() as string),
      );
    },
    /** Marks a project made from the bundled sample. */
    markSample(): void {
      db.prepare(
        "UPDATE project SET settings_json = json_set(settings_json, '$.isSample', json('true'))",
      ).run();
    },
    isSample(): boolean {
      return (
        db
          .prepare("SELECT json_extract(settings_json, '$.isSample') FROM project")
          .pluck()
          .get() === 1
      );
    },
    uuid(): string {
      return db.prepare('SELECT uuid FROM project').pluck().get() as string;
    },
  };
}
