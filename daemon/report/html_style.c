/* The style of a page, on a screen, on a telephone and on paper, and that of its pictures, which a PDF has too. */
#include "html.h"

const char html_style[] =
    ":root{--ink:#1b2733;--soft:#4a5a6a;--line:#d5dde5;--blue:#0b5c8f}\n"
    "*{box-sizing:border-box}body{margin:0;background:#f3f6f9;color:var(--ink);font:16px/1.5 \"Source Sans 3\",Roboto,\"Segoe UI\",Arial,sans-serif}\n"
    /* What is read keeps its measure; a wide table makes the page wider. */
    "main{width:fit-content;min-width:min(54rem,100%);max-width:min(88rem,100%);margin:2rem auto;padding:2.5rem 3rem;background:#fff;border-top:6px solid var(--blue)}\n"
    "main>*,section>*{max-width:48rem}main>section,.lying>.scroll{max-width:none}\n"
    "h1{font-size:2rem;line-height:1.2;margin:0 0 1rem}h2{font-size:1.35rem;line-height:1.3;margin:2.2rem 0 .4rem;color:var(--blue)}\n"
    "h3{font-size:1.05rem;margin:1.8rem 0 .3rem}h4{font-size:1rem;margin:1.2rem 0 .4rem}p{margin:.4rem 0}.soft{color:var(--soft)}\n"
    "dl{display:grid;grid-template-columns:10rem 1fr;gap:.15rem 1rem;margin:.4rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\n"
    "blockquote{margin:.4rem 0;padding:.2rem 1rem;border-inline-start:3px solid var(--line);font-family:Georgia,\"Noto Serif\",serif}\n"
    "table{border-collapse:collapse}th,td{text-align:start;vertical-align:top;padding:.25rem 0;padding-inline-end:.8rem;border-bottom:1px solid var(--line);font-weight:400}\n"
    "thead th{color:var(--soft);font-weight:600;border-bottom:2px solid var(--line);vertical-align:bottom}td{font-variant-numeric:tabular-nums}td.n{white-space:nowrap}\n"
    "caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}th.n,td.n{text-align:end}tr>:last-child{padding-inline-end:0}\n"
    /* The summary: its counts side by side. */
    ".figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(14.5rem,1fr));gap:1rem 1.5rem;align-items:start;margin:1rem 0;font-size:.9rem}\n"
    ".figures td{text-align:end;white-space:nowrap}.figures thead th:last-child{text-align:end}\n"
    /* One row as a list of its fields: short ones two abreast. */
    "article{border:1px solid var(--line);border-radius:6px;padding:.2rem 1.2rem .9rem;margin:.8rem 0}article :is(h3,h4,h5){margin:.8rem 0 .4rem;font-size:1rem;display:flex;gap:.8rem;align-items:center;flex-wrap:wrap}\n"
    "article dl{grid-template-columns:1fr 1fr;font-size:.95rem}article dl div{display:grid;grid-template-columns:8rem 1fr;gap:0 1rem}article dl .long{grid-column:1/-1}\n"
    "p.group{margin:.8rem 0 0;padding-top:.4rem;border-top:1px solid var(--line);font-size:.8rem;letter-spacing:.05em;text-transform:uppercase;color:var(--soft)}\n"
    ".badge{font-size:.8rem;font-weight:600;padding:.1rem .6rem;border-radius:1rem;border:1px solid currentColor}.overdue{color:#a8201a}.done{color:#1d6b3a}.open{color:#0b5c8f}\n"
    /* Rows side by side: all tables of a part have the same columns, and where they would be too narrow, it scrolls. */
    "table.wide{width:100%;min-width:var(--wanted);table-layout:fixed;font-size:.9rem;line-height:1.4;overflow-wrap:anywhere}table.wide tbody th{font-weight:600}\n"
    ".scroll{overflow-x:auto}[dir=rtl] :is(blockquote,dd,td,th,h3,h4){unicode-bidi:plaintext;text-align:right}[dir=rtl] :is(td,th).n,[dir=rtl] .figures :is(td,thead th:last-child){text-align:left}\n"
    ".note{border-inline-start:3px solid var(--blue);padding-inline-start:1rem}footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.6rem;color:var(--soft)}\n"
    "figure{margin:1.4rem 0}svg{width:100%;height:auto;display:block}figcaption{font-size:.9rem;color:var(--soft);margin-top:.3rem}\n"
    "@media(max-width:40rem){main{padding:1rem;margin:0}dl,article dl,article dl div{grid-template-columns:1fr}dd{margin-bottom:.4rem}}\n"
    "@page{size:A4;margin:1.8cm}@page lying{size:A4 landscape;margin:1.5cm}\n"
    "@media print{body{background:#fff;font-size:10pt}main{width:auto;min-width:0;margin:0;padding:0;border:0}main,main>*,section>*{max-width:none}.scroll{overflow:visible}\n"
    "figure,tr,article dl div,p.group{break-inside:avoid}h2,h3,h4,h5,p.group{break-after:avoid}article{border-width:1px 0 0;border-radius:0;padding:0}.lying{page:lying}\n"
    "table.wide{min-width:0}section.lying table.wide{font-size:7.5pt}figure{max-width:16cm}thead,h2+*{break-after:avoid}tbody tr:first-child{break-before:avoid}\n"
    ".figures{grid-template-columns:1fr 1fr 1fr;font-size:8pt;gap:.5rem 1rem}"
    "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

const char html_picture_style[] =
    "svg text{font-size:12px;fill:#1b2733}svg text.in{fill:#fff;font-size:11px;font-weight:600}\n"
    "svg text.late{fill:#a8201a;font-weight:600}\n"
    ".grid{stroke:#d5dde5}.now{stroke:#a8201a;stroke-dasharray:4 3;stroke-width:1.5}\n"
    ".curve{fill:none;stroke:#0b5c8f;stroke-width:2.5}.threshold{stroke:#a8201a;stroke-width:1.5}\n";
