import { parseSync, Visitor } from 'oxc-parser';

export interface Dependencies {
  /** Import specifiers as written, of every form: static, type, re-export, dynamic, `require`. */
  readonly imports: readonly string[];
  /** Names that the file uses and does not declare, and `object.name` for the objects that lead to more. */
  readonly globals: readonly string[];
  /** Imports whose module is computed when the program runs. */
  readonly computedImports: number;
}

const openObjects = new Set(['globalThis', 'global', 'window', 'self', 'process']);

/** Reads what a module depends on. @throws Error when the source does not parse: a check must not pass on nothing. */
export function readDependencies(path: string, source: string): Dependencies {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]!.message}`);
  const imports: string[] = [];
  const used = new Set<string>();
  const declared = new Set<string>();
  let computedImports = 0;

  const addImport = (node: { readonly type: string; readonly value?: unknown } | null) => {
    if (node === null) return;
    if (typeof node.value === 'string') imports.push(node.value);
    else computedImports++;
  };

  new Visitor({
    ImportDeclaration(node) {
      addImport(node.source);
    },
    ExportNamedDeclaration(node) {
      addImport(node.source);
    },
    ExportAllDeclaration(node) {
      addImport(node.source);
    },
    ImportExpression(node) {
      addImport(node.source);
    },
    TSImportType(node) {
      addImport(node.source);
    },
    TSExternalModuleReference(node) {
      addImport(node.expression);
    },
    CallExpression(node) {
      const isRequire =
        (node.callee.type === 'Identifier' && node.callee.name === 'require') ||
        (node.callee.type === 'CallExpression' &&
          node.callee.callee.type === 'Identifier' &&
          node.callee.callee.name === 'createRequire');
      if (isRequire) addImport(node.arguments[0] ?? null);
      if (node.callee.type === 'Identifier') used.add(node.callee.name);
    },
    NewExpression(node) {
      if (node.callee.type === 'Identifier') used.add(node.callee.name);
    },
    MemberExpression(node) {
      if (node.object.type !== 'Identifier') return;
      if (!openObjects.has(node.object.name)) return void used.add(node.object.name);
      const name =
        node.property.type === 'Identifier' && !node.computed
          ? node.property.name
          : node.property.type === 'Literal'
            ? String(node.property.value)
            : '*';
      used.add(node.object.name === 'process' ? `process.${name}` : name);
    },
    VariableDeclarator(node) {
      if (node.id.type === 'Identifier') declared.add(node.id.name);
      if (node.init?.type === 'Identifier') used.add(node.init.name);
      if (node.id.type !== 'ObjectPattern') return;
      const from = node.init?.type === 'Identifier' ? node.init.name : '';
      for (const property of node.id.properties) {
        if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
        if (openObjects.has(from))
          used.add(from === 'process' ? `process.${property.key.name}` : property.key.name);
        else if (property.value.type === 'Identifier') declared.add(property.value.name);
      }
    },
    AssignmentPattern(node) {
      if (node.right.type === 'Identifier') used.add(node.right.name);
    },
    Property(node) {
      if (node.value.type === 'Identifier') used.add(node.value.name);
    },
    FunctionDeclaration(node) {
      declareParameters(node, declared);
    },
    FunctionExpression(node) {
      declareParameters(node, declared);
    },
    ArrowFunctionExpression(node) {
      declareParameters(node, declared);
    },
  }).visit(program);

  return { imports, globals: [...used].filter((name) => !declared.has(name)), computedImports };
}

interface HasParameters {
  readonly id?: { readonly name: string } | null;
  readonly params: readonly unknown[];
}

/** A parameter named like a global hides it; only plain names and destructured ones count. */
function declareParameters(node: HasParameters, declared: Set<string>): void {
  if (node.id) declared.add(node.id.name);
  for (const parameter of node.params) declarePattern(parameter as Pattern, declared);
}

interface Pattern {
  readonly type: string;
  readonly name?: string;
  readonly left?: Pattern;
  readonly properties?: readonly { readonly value?: Pattern }[];
}

function declarePattern(pattern: Pattern, declared: Set<string>): void {
  if (pattern.type === 'Identifier') declared.add(pattern.name!);
  if (pattern.left) declarePattern(pattern.left, declared);
  for (const property of pattern.properties ?? [])
    if (property.value) declarePattern(property.value, declared);
}
