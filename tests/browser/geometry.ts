import type { Page } from "playwright-core";

/*
 * What is wrong with how a page is laid out, told by places and not by pixels: fonts are drawn differently from
 * machine to machine, and what stands on or outside what does not depend on that.
 */

/** Opens what can be opened: the tables behind the figures, the program of the playground. */
export function openAll(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

/** Pairs of visible elements, neither within the other, that cover the same place. */
export function overlapping(page: Page, selector: string): Promise<string[]> {
  return page.evaluate((selector) => {
    const boxes = [...document.querySelectorAll(selector)]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.height > 0);
    return boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (b) =>
            !a.element.contains(b.element) &&
            Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1 &&
            Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 1,
        )
        .map((b) => `${a.element.outerHTML.slice(0, 80)} | ${b.element.outerHTML.slice(0, 80)}`),
    );
  }, selector);
}

/** Pairs of texts that cover each other's letters. Formulas are left out: there letters stand on letters. */
export function overlappingTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** How much of a place can be seen within what scrolls or cuts. */
    const seen = (element: Element, { left, top, right, bottom }: DOMRect) => {
      let box = { left, top, right, bottom };
      for (let up: Element | null = element; up !== null && up !== document.body; up = up.parentElement) {
        const { overflow, clipPath } = getComputedStyle(up);
        if (clipPath !== "none") return null;
        if (overflow === "visible") continue;
        const within = up.getBoundingClientRect();
        box = {
          left: Math.max(box.left, within.left),
          top: Math.max(box.top, within.top),
          right: Math.min(box.right, within.right),
          bottom: Math.min(box.bottom, within.bottom),
        };
      }
      return box.right > box.left && box.bottom > box.top ? box : null;
    };
    const lines: { text: Text; box: { left: number; top: number; right: number; bottom: number } }[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walk.nextNode()) {
      const text = walk.currentNode as Text;
      const parent = text.parentElement!;
      if (text.data.trim() === "" || parent.closest("math, .skip, script, style, select, title, desc"))
        continue;
      if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      range.selectNodeContents(text);
      for (const rect of range.getClientRects()) {
        const box = seen(parent, rect);
        if (box !== null) lines.push({ text, box });
      }
    }
    lines.sort((a, b) => a.box.top - b.box.top);
    return lines.flatMap((a, i) => {
      const found: string[] = [];
      for (const b of lines.slice(i + 1)) {
        // a font's box is higher than its letters, by a quarter above and below
        const letters = 0.5 * Math.min(a.box.bottom - a.box.top, b.box.bottom - b.box.top);
        if (b.box.top > a.box.bottom - letters) break;
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - b.box.top;
        if (a.text !== b.text && across > 2 && down > letters) found.push(`${a.text.data} | ${b.text.data}`);
      }
      return found;
    });
  });
}

/** Buttons and choices whose words do not fit into them, and what is cut where it cannot be scrolled to. */
export function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const tooNarrow = (element: HTMLElement) => {
      if (!(element instanceof HTMLSelectElement)) {
        const { overflowX } = getComputedStyle(element);
        const cuts = element.matches("button") || overflowX === "hidden" || overflowX === "clip";
        return cuts && element.scrollWidth > element.clientWidth + 1;
      }
      const { width } = element.getBoundingClientRect();
      const before = element.style.cssText;
      element.style.cssText = "width: max-content; max-width: none; justify-self: start";
      const wanted = element.getBoundingClientRect().width;
      element.style.cssText = before;
      return wanted > width + 1;
    };
    return [...document.querySelectorAll<HTMLElement>("main *, header *")]
      .filter((element) => element.offsetWidth > 1 && element.matches(":not(svg *)") && tooNarrow(element))
      .map((element) => element.outerHTML.slice(0, 120));
  });
}

/** Parts that do not follow on what stands above them, as something beside them holds them up. */
export function heldUp(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".part")].flatMap((part) => {
      const boxes = [...part.children]
        .map((child) => ({ child, box: child.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && box.height > 0);
      return boxes.slice(1).flatMap(({ child, box: { left, right, top } }, i) => {
        if (child.matches(".beside, .contents")) return [];
        const above = boxes.slice(0, i + 1).filter(({ box }) => box.left < right && box.right > left);
        const gap = top - Math.max(...above.map(({ box }) => box.bottom));
        return gap > 80 ? [`${Math.round(gap)} px: ${child.outerHTML.slice(0, 80)}`] : [];
      });
    }),
  );
}
