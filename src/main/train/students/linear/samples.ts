export function samples(): Readonly<Record<string, string>> {
  return {};
}
