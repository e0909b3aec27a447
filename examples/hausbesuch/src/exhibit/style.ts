import { Html } from './html.js';

/** How the exhibit looks: one column, calm, readable on paper too. */
export const STYLE = new Html(`
:root { --ink: #1d2733; --soft: #55606e; --line: #d9dee5; --paper: #ffffff; --ground: #f3f5f8; --mark: #0b5c8f; --good: #1c6b3f; --bad: #9b2226; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.25rem; margin: 2.4rem 0 .8rem; }
p { margin: .4rem 0; }
a { color: var(--mark); }
code { font: .86em ui-monospace, monospace; overflow-wrap: anywhere; }
.lead { color: var(--soft); max-width: 46rem; margin-bottom: 1.2rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: 1.1rem 1.3rem; }
.verdict { display: inline-block; padding: .15rem .7rem; border-radius: 1rem; color: #fff; font-weight: 600; }
.good { background: var(--good); } .bad { background: var(--bad); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .7rem 1.5rem; margin: 0; }
.facts dt { color: var(--soft); font-size: .85rem; } .facts dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.pictures { display: grid; grid-template-columns: 1.3fr 1fr 1fr; gap: 1rem; align-items: start; }
figure { margin: 0; background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem; }
figure img { display: block; width: 100%; border-radius: .3rem; background: #fff; }
figure.portrait img { aspect-ratio: 35 / 45; object-fit: cover; }
figure.finger img { aspect-ratio: 3 / 4; object-fit: contain; }
figure.portrait { grid-row: span 2; }
figure.wide { grid-column: 2 / 4; align-self: end; }
figcaption { color: var(--soft); font-size: .85rem; margin-top: .45rem; }
ol.timeline { list-style: none; margin: 0; padding: 0 0 0 1.4rem; border-left: 3px solid var(--line); }
.timeline li { position: relative; padding: .28rem 0; }
.timeline li::before { content: ''; position: absolute; left: -1.83rem; top: .78rem; width: .7rem; height: .7rem; border-radius: 50%; background: var(--mark); border: 2px solid var(--ground); }
.timeline li.end::before { background: var(--good); }
.timeline time { color: var(--soft); font-variant-numeric: tabular-nums; margin-right: .8rem; font-size: .88rem; }
.timeline small { color: var(--soft); margin-left: .6rem; }
.timeline img { height: 3.6rem; vertical-align: middle; margin-left: .8rem; border: 1px solid var(--line); border-radius: .25rem; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.amount, th.amount { text-align: right; white-space: nowrap; }
ul.files { columns: 2 18rem; padding-left: 1.1rem; margin: 0; }
footer { color: var(--soft); font-size: .88rem; margin-top: 2.5rem; }
@media (max-width: 40rem) { .pictures { grid-template-columns: 1fr 1fr; } figure.portrait { grid-row: auto; } figure.wide, figure.portrait { grid-column: 1 / -1; } }
@media print { body { background: #fff; } }
`);
