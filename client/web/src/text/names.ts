// What languages and countries are called in the reader's language.

function called(code: string, type: 'language' | 'region', language: string): string {
  try {
    return new Intl.DisplayNames(language, { type, fallback: 'code' }).of(code) ?? code;
  } catch {
    return code; // No code that anybody knows.
  }
}

/** "vi" as "Vietnamese (vi)". */
export function languageInWords(tag: string, language: string): string {
  const name = called(tag, 'language', language);
  return name === tag ? tag : `${name} (${tag})`;
}

/** "GB" as "United Kingdom". */
export const countryInWords = (code: string, language: string): string => called(code, 'region', language);
