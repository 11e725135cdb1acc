// Pa11y on many pages in one browser. In: {browser, pages: [{name, url, headers}]} as JSON; out: a line for each page.
import puppeteer from "puppeteer";
import pa11y from "pa11y";

const { browser: executablePath, pages } = JSON.parse(await new Response(process.stdin).text());
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const { name, url, headers } of pages) {
  const page = await browser.newPage();
  const { issues } = await pa11y(url, { browser, page, headers, standard: "WCAG2AA", timeout: 60_000 });
  const found = issues.map(({ code, message, selector, context }) => ({ code, message, selector, context }));
  console.log(JSON.stringify({ name, found }));
  await page.close();
}
await browser.close();
