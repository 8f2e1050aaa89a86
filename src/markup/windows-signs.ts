const signs = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/**
 * What Windows put where Latin-1 has signs that nobody sees. To every browser the two are one alphabet, Node 20 gives
 * the unseen ones. https://encoding.spec.whatwg.org/index-windows-1252.txt (checked 2026-11)
 */
export function windowsSigns(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (sign) => signs[sign.charCodeAt(0) - 0x80] ?? sign);
}
