/** `1 outlet`, `2 outlets`: English has two forms. */
export const some = (count: number | bigint, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${Number(count) === 1 ? one : many}`;
