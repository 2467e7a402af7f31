/** Just enough of a lexer to read imports and identifiers without being fooled by comments, strings or patterns. */

export interface SourceText {
  /** The code with comments and patterns blanked, and every plain string replaced by `'n'`, its index in `strings`. */
  code: string;
  strings: string[];
}

export interface Import {
  /** Undefined: computed at run time, so what it loads is unknown. */
  specifier: string | undefined;
  typeOnly: boolean;
}

const REGEX_MAY_FOLLOW = /(^|[(,=:[!&|?{};+\-*%~^<>])$|\b(return|typeof|case|in|of|do|else|void|delete|await|yield)$/;

export function readSource(source: string): SourceText {
  const strings: string[] = [];
  let code = '';
  let at = 0;

  const keep = (text: string) => {
    code += `'${strings.push(text) - 1}'`;
  };

  const quoted = (quote: string) => {
    let text = '';
    for (at += 1; at < source.length && source[at] !== quote; at += 1) {
      if (source[at] === '\\') at += 1;
      text += source[at] ?? '';
    }
    at += 1;
    keep(text);
  };

  const template = () => {
    let text = '';
    let plain = true;
    for (at += 1; at < source.length && source[at] !== '`';) {
      if (source.startsWith('${', at)) {
        plain = false;
        at += 2;
        code += '(';
        block('}');
        code += ')';
        continue;
      }
      if (source[at] === '\\') at += 1;
      text += source[at] ?? '';
      at += 1;
    }
    at += 1;
    if (plain) keep(text);
    else code += ' + _ ';
  };

  const pattern = () => {
    let inClass = false;
    for (at += 1; at < source.length && (inClass || source[at] !== '/') && source[at] !== '\n'; at += 1) {
      if (source[at] === '\\') at += 1;
      else if (source[at] === '[') inClass = true;
      else if (source[at] === ']') inClass = false;
    }
    at += 1;
    code += '_';
  };

  /** Reads code up to the closing character that belongs to it, or to the end. */
  function block(close: string | undefined): void {
    let depth = 0;
    while (at < source.length) {
      const char = source[at] as string;
      if (source.startsWith('//', at)) {
        const end = source.indexOf('\n', at);
        at = end < 0 ? source.length : end;
      } else if (source.startsWith('/*', at)) {
        const end = source.indexOf('*/', at + 2);
        at = end < 0 ? source.length : end + 2;
        code += ' ';
      } else if (char === "'" || char === '"') quoted(char);
      else if (char === '`') template();
      else if (char === '/' && REGEX_MAY_FOLLOW.test(code.trimEnd().slice(-10))) pattern();
      else {
        at += 1;
        if (close !== undefined && char === '{') depth += 1;
        if (char === close && depth === 0) return;
        if (char === '}') depth -= 1;
        code += char;
      }
    }
  }

  block(undefined);
  return { code, strings };
}

/** Every static, side-effect, re-exporting, dynamic and CommonJS import, in no particular order. */
export function importsOf({ code, strings }: SourceText): Import[] {
  const found: Import[] = [];
  const literal = (index: string | undefined) => strings[Number(index)];

  for (const match of code.matchAll(/(?<![.\w$])(?:import|export)(?=[\s{*])([^';]*?)(?<![\w$])from\s*'(\d+)'/g)) {
    found.push({ specifier: literal(match[2]), typeOnly: /^\s+type\s+[^\s,]/.test(match[1] ?? '') });
  }
  for (const match of code.matchAll(/(?<![.\w$])import\s*'(\d+)'/g)) {
    found.push({ specifier: literal(match[1]), typeOnly: false });
  }
  for (const match of code.matchAll(/(?<![.\w$])(typeof\s+)?(?:import|require)\s*\(\s*(?:'(\d+)'\s*[,)])?/g)) {
    found.push({ specifier: literal(match[2]), typeOnly: match[1] !== undefined });
  }
  return found;
}
