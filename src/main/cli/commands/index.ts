import type { Command } from '../command.ts';

/** Every command, loaded when called. To add one: a file beside this one and a line here. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./demo.ts')).demoCommand,
  augment: async () => (await import('./augment.ts')).augmentCommand,
  consent: async () => (await import('./consent.ts')).consentCommand,
  curate: async () => (await import('./curate.ts')).curateCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  evaluate: async () => (await import('./evaluate.ts')).evaluateCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  findings: async () => (await import('./findings.ts')).findingsCommand,
  import: async () => (await import('./import.ts')).importCommand,
  ledger: async () => (await import('./ledger.ts')).ledgerCommand,
  lookup: async () => (await import('./lookup.ts')).lookupCommand,
  new: async () => (await import('./new.ts')).newCommand,
  predict: async () => (await import('./predict.ts')).predictCommand,
  review: async () => (await import('./review.ts')).reviewCommand,
  route: async () => (await import('./route.ts')).routeCommand,
  seal: async () => (await import('./seal.ts')).sealCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  students: async () => (await import('./students.ts')).studentsCommand,
  split: async () => (await import('./split.ts')).splitCommand,
  teach: async () => (await import('./teach.ts')).teachCommand,
  train: async () => (await import('./train.ts')).trainCommand,
};
