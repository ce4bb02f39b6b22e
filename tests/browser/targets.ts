import type { Page } from "playwright-core";

/**
 * What a finger may miss (WCAG 2.2, 2.5.8): visible targets of less than 24 by 24 pixels whose circle of 24 pixels
 * meets another target, or the circle of another that is too small. Links within running text are as high as its
 * lines, which is allowed; so are the lines of a network, as a slider of full size stands for each.
 */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SIZE = 24;
    const controls = "a[href], button, input, select, textarea, summary";
    const parts = "figure [tabindex='0'], .playground [tabindex='0'], .drawing g[data-at]";

    const withinText = (link: Element): boolean => {
      const block = link.closest("p, li, dd, dt, td, th, pre, figcaption, h1, h2, h3")?.cloneNode(true);
      if (!(block instanceof Element)) return false;
      for (const other of block.querySelectorAll("a, button")) other.remove();
      return /\p{L}/u.test(block.textContent);
    };
    const isTarget = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest(".unseen") &&
      !(element.matches("a[href]") && withinText(element));

    const targets = [...document.querySelectorAll(`${controls}, ${parts}`)]
      .filter(isTarget)
      .map((element) => {
        const box = element.getBoundingClientRect();
        const small = box.width < SIZE - 0.01 || box.height < SIZE - 0.01;
        return { element, box, small, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
      })
      // what waits outside of the page, as the link that skips does
      .filter(({ box }) => box.width > 0 && box.bottom + scrollY > 0);
    type Target = (typeof targets)[number];

    const meets = (one: Target, other: Target): boolean => {
      if (one.element.contains(other.element) || other.element.contains(one.element)) return false;
      const { box } = other;
      const [x, y] = other.small
        ? [other.x, other.y]
        : [Math.min(Math.max(one.x, box.left), box.right), Math.min(Math.max(one.y, box.top), box.bottom)];
      return Math.hypot(one.x - x, one.y - y) < (other.small ? SIZE : SIZE / 2);
    };
    return targets
      .filter((one) => one.small && targets.some((other) => other !== one && meets(one, other)))
      .map(({ element, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${element.outerHTML.slice(0, 110)}`); // biome-ignore format: one line
  });
}
