import type { Command } from '../command.ts';

/** Every command, loaded when called. To add one: a file beside this one and a line here. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./demo.ts')).demoCommand,
  consent: async () => (await import('./consent.ts')).consentCommand,
  curate: async () => (await import('./curate.ts')).curateCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  evaluate: async () => (await import('./evaluate.ts')).evaluateCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  findings: async () => (await import('./findings.ts')).findingsCommand,
  import: async () => (await import('./import.ts')).importCommand,
  ledger: async () => (await import('./ledger.ts')).ledgerCommand,
  new: async () => (await import('./new.ts')).newCommand,
  route: async () => (await import('./route.ts')).routeCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  teach: async () => (await import('./teach.ts')).teachCommand,
};
