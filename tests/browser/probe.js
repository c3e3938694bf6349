// Looks at a page from inside and writes what it saw behind the frame around it, as JSON.
"use strict";
document.querySelectorAll("details").forEach((details) => (details.open = true));

// Colours: contrast of text to what is behind it, as WCAG 2 counts it.
const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
const luminance = (colour) => {
  const [red, green, blue] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const behind = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (channels(colour)[3] !== 0) return colour;
  }
  return "rgb(255, 255, 255)";
};
const contrast = (colour, element) => {
  const [dark, light] = [luminance(colour), luminance(behind(element))].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
};
const ownText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());

const all = [...document.querySelectorAll("body, body *")].filter((element) => element.tagName !== "SCRIPT");
const name = (element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 20)}`;
const pale = new Set();
const overflowing = new Set();
for (const element of all) {
  if (ownText(element)) {
    const ratio = contrast(getComputedStyle(element).color, element);
    if (ratio < 4.5) pale.add(`${element.tagName} ${element.className} ${ratio.toFixed(2)}`);
  }
  if (element.dataset.line && contrast(getComputedStyle(element, "::before").color, element) < 4.5) pale.add("line number");
  const box = element.getBoundingClientRect();
  if (box.right > innerWidth + 0.5 || box.left < -0.5) overflowing.add(name(element));
}
if (document.documentElement.scrollWidth > document.documentElement.clientWidth) overflowing.add("page");

const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
const hrefs = [...document.querySelectorAll("[href]")].map((element) => element.getAttribute("href"));
const texts = [...document.querySelectorAll(".text")].map((text) => {
  const copy = text.cloneNode(true);
  copy.querySelectorAll(".no, .absent").forEach((added) => added.remove());
  return copy.textContent;
});
const seen = document.createElement("pre");
seen.id = "seen";
seen.textContent = JSON.stringify({
  width: innerWidth,
  pale: [...pale],
  overflowing: [...overflowing],
  dangling: hrefs.filter((href) => !href.startsWith("#") || !ids.includes(href.slice(1))),
  doubled: ids.filter((id, index) => ids.indexOf(id) !== index),
  foreign: document.querySelectorAll("img, iframe, object, link, script[src], i").length,
  texts,
});
top.document.body.append(seen);
