/** Whether other people's servers can call us at this address. Nobody is asked to call one that is not encrypted. */
export function isPublicUrl(url: string): boolean {
  return new URL(url).protocol === "https:";
}
