// Put each page in the place of this one, and tell what of it does not fit, is cut off, covered, too small or too pale.
(pages) => {
  const faults = [];
  const TOUCHED = "a, button, summary, input:not([type=hidden]), textarea";
  const channel = (value) => ((value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const colour = (text) => text.match(/[\d.]+/g).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const contrast = (element) => {
    const [high, low] = [colour(getComputedStyle(element).color), ground(element)].map(luminance).sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const seen = (element) => element.checkVisibility() && !element.closest(".aside-text");
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  for (const [name, text] of pages) {
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const of of ["lang", "dir", "class"]) document.documentElement.setAttribute(of, page.documentElement.getAttribute(of) ?? "");
    document.body.replaceWith(page.body);
    for (const only of document.querySelectorAll("[data-print], [data-listen]")) only.hidden = false;
    for (const closed of document.querySelectorAll("details")) closed.open = true;
    const told = (what, element) => faults.push(`${name}: ${what}: ${(element?.innerText ?? "").slice(0, 60)}`);
    if (document.documentElement.scrollWidth > innerWidth) told("wider than the screen");
    const elements = [...document.body.querySelectorAll("*")].filter(seen);
    for (const element of elements) {
      const box = element.getBoundingClientRect();
      if (box.left < -1 || box.right > innerWidth + 1) told("beyond the edge", element);
      if (element.clientWidth && element.scrollWidth > element.clientWidth + 1) told("cut off at the side", element);
      if (element.matches(":not(textarea)") && element.clientHeight && getComputedStyle(element).overflowY !== "visible")
        if (element.scrollHeight > element.clientHeight + 1) told("cut off below", element);
      if (own(element) && contrast(element) < 7) told(`contrast ${contrast(element).toFixed(1)}`, element);
    }
    const touched = elements.filter((element) => element.matches(TOUCHED)).map((element) => [element, element.getBoundingClientRect()]);
    for (const [place, [element, box]] of touched.entries()) {
      if (box.width < 43.5 || box.height < 43.5) told(`small, ${box.width} by ${box.height}`, element);
      for (const [other, its] of touched.slice(place + 1)) {
        const across = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (across > 1 && down > 1) told("overlaps what is touched beside it", other);
      }
    }
  }
  return faults;
}
