/** Reads what the architecture test must know of a source file: what it imports, and which globals it uses. */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { posix } from 'node:path';
import type TypeScript from 'typescript';

export interface Import {
  /** The imported file, relative to the repository; for a package its specifier, `zod/mini` or `node:fs`. */
  target: string;
  line: number;
  /** Whether it is gone once the types are stripped. */
  typeOnly: boolean;
}

export interface CodeFile {
  /** Relative to the repository, with `/`. */
  path: string;
  lines: number;
  imports: Import[];
  /** Uses of the globals that only few files may use, such as `process.env`, `Date.now` and `setTimeout`. */
  uses: { what: string; line: number }[];
}

export const HOUSE = posix.join(import.meta.dirname, '../../..');

// Required: to import it, Node would first compile its nine megabytes to see whether they are a module.
const ts = createRequire(import.meta.url)('typescript') as typeof TypeScript;

/** What may be an import or the use of a global; most of a file is something else. */
const TELLING = new Set<TypeScript.SyntaxKind>([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.ImportType,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.NewExpression,
  ts.SyntaxKind.PropertyAccessExpression,
  ts.SyntaxKind.ElementAccessExpression,
  ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.ImportSpecifier,
  ts.SyntaxKind.Identifier,
]);

const CODE = /\.(ts|mjs|js)$/;
const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate']);
const WATCHED_MEMBERS = new Set([
  'process.env',
  'process.hrtime',
  'Date.now',
  'performance.now',
  'AbortSignal.timeout',
  'globalThis.setTimeout',
  'globalThis.setInterval',
  'globalThis.setImmediate',
]);
const NAMES_OF_WATCHED = new Set(Array.from(WATCHED_MEMBERS, (member) => member.split('.')[1]));

/** What runs leave below those folders, which is nobody's code: packages, and the terminal run's pictures. */
const LEFT_BY_RUNS = /node_modules|^playground\/pictures\//;

/** Every file below the folders that hold code. */
export function filesOf(folders: string): string[] {
  const found = globSync(`${folders}/**/*.*`, { cwd: HOUSE });
  return found.filter((path) => !LEFT_BY_RUNS.test(path)).sort();
}

/** The files among these that are code, parsed. */
export function parseFiles(paths: string[]): CodeFile[] {
  return paths
    .filter((path) => CODE.test(path))
    .map((path) => parseFile(path, readFileSync(posix.join(HOUSE, path), 'utf8')));
}

/** One file, from its text. */
export function parseFile(path: string, text: string): CodeFile {
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  const source = ts.createSourceFile(path, text, options, true);
  const file: CodeFile = { path, lines: text.trimEnd().split('\n').length, imports: [], uses: [] };
  const lineOf = (node: TypeScript.Node): number =>
    source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const note = (node: TypeScript.Node): void => {
    const imported = importOf(node);
    if (imported !== undefined) {
      const { specifier, typeOnly } = imported;
      const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
      file.imports.push({ target, line: lineOf(node), typeOnly });
    }
    const what = watchedUse(node);
    if (what !== undefined) file.uses.push({ what, line: lineOf(node) });
  };
  const visit = (node: TypeScript.Node): void => {
    if (TELLING.has(node.kind)) note(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return file;
}

/** `import`, `export from`, `import()`, `import('...').Type`, and the address of a file that is run or loaded otherwise. */
function importOf(node: TypeScript.Node): { specifier: string; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node)) {
    return { specifier: textOf(node.moduleSpecifier), typeOnly: isTypeOnlyClause(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    const named =
      node.exportClause !== undefined && ts.isNamedExports(node.exportClause) ? node.exportClause : undefined;
    const typeOnly = node.isTypeOnly || (named?.elements.every((element) => element.isTypeOnly) ?? false);
    return { specifier: textOf(node.moduleSpecifier), typeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: textOf(node.argument.literal), typeOnly: true };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return { specifier: textOf(node.arguments[0]), typeOnly: false };
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL') {
    const [address, base] = node.arguments ?? [];
    const specifier = textOf(address);
    if (base?.getText() !== 'import.meta.url' || !CODE.test(specifier)) return undefined;
    return { specifier: specifier.startsWith('.') ? specifier : `./${specifier}`, typeOnly: false };
  }
  return undefined;
}

function textOf(node: TypeScript.Node | undefined): string {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : '';
}

function isTypeOnlyClause(clause: TypeScript.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (clause.name !== undefined || clause.namedBindings === undefined) return false;
  return (
    ts.isNamedImports(clause.namedBindings) &&
    clause.namedBindings.elements.length > 0 &&
    clause.namedBindings.elements.every((element) => element.isTypeOnly)
  );
}

/** The name of a watched global that is used here: the clock's own `clock.setTimeout` is none. */
function watchedUse(node: TypeScript.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    if (!NAMES_OF_WATCHED.has(node.name.text)) return undefined;
    const name = `${node.expression.getText()}.${node.name.text}`;
    return WATCHED_MEMBERS.has(name) ? name : undefined;
  }
  if (ts.isElementAccessExpression(node)) {
    const name = `${node.expression.getText()}.${textOf(node.argumentExpression)}`;
    return WATCHED_MEMBERS.has(name) ? name : undefined;
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    const from = node.initializer?.getText();
    const names = node.name.elements.map((element) => `${from}.${(element.propertyName ?? element.name).getText()}`);
    return names.find((name) => WATCHED_MEMBERS.has(name));
  }
  if (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'env') {
    const from = textOf(node.parent.parent.parent.moduleSpecifier);
    return /^(node:)?process$/.test(from) ? 'process.env' : undefined;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') {
    return (node.arguments?.length ?? 0) === 0 ? 'new Date()' : undefined;
  }
  if (!ts.isIdentifier(node)) return undefined;
  if (node.text === 'AsyncLocalStorage') return node.text;
  return TIMERS.has(node.text) && isRead(node) ? node.text : undefined;
}

/** Whether an identifier is read as a variable, not only named: as a member, a key or a parameter. */
function isRead(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isQualifiedName(parent) || ts.isTypeQueryNode(parent) || ts.isTypeReferenceNode(parent)) return false;
  return !('name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent));
}
