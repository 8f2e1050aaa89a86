import type { Page } from "playwright-core";

/** What does not fit: the page where it scrolls sideways, and words that are cut off or stand outside of their box. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const wide = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide`] : [];
    const isEllipsis = (element: Element) => getComputedStyle(element).textOverflow === "ellipsis";
    for (const element of document.querySelectorAll("main *")) {
      if (element.closest(".unseen, video") || element.getClientRects().length === 0) continue;
      let around: Element | null = element;
      while (around && !isEllipsis(around)) around = around.parentElement;
      if (around) continue;
      const box = (element.closest(".feed, main") ?? root).getBoundingClientRect();
      const { left, right } = element.getBoundingClientRect();
      if (right > box.right + 1 || left < box.left - 1)
        wide.push(`<${element.tagName} class="${element.className}"> from ${left} to ${right}`);
    }
    return wide;
  });
}
