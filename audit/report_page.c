/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report_page.c - the look of the report's page: style and script, all in the file
 */
#include "audit/report_page.h"

#include <nettle/base64.h>
#include <string.h>

#include "base/digest.h"

static const char style[] =
	":root{color-scheme:light dark;--bg:#fff;--fg:#1a1d21;--dim:#"
	"5b6470;--line:#d5dae1;"
	"--box:#f4f6f8;--bad:#b3261e;--good:#1b6e3c;--warn:#8a5a00;--mark:#e8eefc}\n"
	"@media(prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e6e9ec;--dim:#9aa4af;"
	"--line:#363d45;--box:#1d2227;--bad:#ff8a80;--good:#7bd69b;--warn:#f0c36d;"
	"--mark:#223052}}\n"
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;max-width:76rem;padding:1rem;background:v"
	"ar(--bg);color:var(--fg);"
	"font:15px/1.5 system-ui,sans-serif}\n"
	"h1{font-size:1.5rem;margin:.2em 0}h2{font-size:1.15rem;margin:2em 0 .5em;"
	"border-bottom:1px solid var(--line);padding-bottom:.2em}\n"
	"code,pre,td.m,.m{font:13px/1.45 ui-monospace,monospace;overflow-wrap:anywhere}\n"
	"pre{background:var(--box);padding:.7em;overflow:auto;border-radius:6px;"
	"white-space:pre-wrap}\n"
	".box{background:var(--box);border-left:6px solid var(--good);padding:.8em 1em;"
	"border-radius:6px}.box.bad{border-color:var(--bad)}.box.warn"
	"{border-color:var(--warn)}\n"
	".nums{display:flex;flex-wrap:wrap;gap:.4em 1.6em;margin:.4em"
	" 0}.nums b{font-size:1.3em}\n"
	".wide{overflow-x:auto}table{border-collapse:collapse;width:100%}"
	"th,td{text-align:left;vertical-align:top;padding:.25em .6em;"
	"border-bottom:1px solid var(--line)}\n"
	"th button{all:unset;cursor:pointer;font-weight:600}th button:focus-visible{"
	"outline:2px solid}th[aria-sort=ascending] button::after{content:' \\2191'}"
	"th[aria-sort=descending] button::after{content:' \\2193'}\n"
	"td.n,th.n{text-align:right;font-variant-numeric:tabular-nums"
	";white-space:nowrap}\n"
	"td.m{min-width:11em}td.m[data-n]{min-width:10.5em}header p{"
	"overflow-wrap:anywhere}\n"
	".bad{color:var(--bad)}.good{color:var(--good)}.warn{color:var(--warn)}"
	".dim{color:var(--dim)}.box.bad,.box.warn{color:inherit}\n"
	".tag{border:1px solid;border-radius:9px;padding:0 .5em;font-size:.85em;"
	"white-space:nowrap}\n"
	"ul.tree,ul.tree ul{list-style:none;margin:0;padding-left:1.2em;"
	"border-left:1px dotted var(--line)}ul.tree{padding-left:0;border:0}\n"
	"input{font:inherit;padding:.3em .6em;width:100%;max-width:22rem;margin:.3em 0;"
	"color:inherit;background:var(--bg);border:1px solid var(--li"
	"ne);border-radius:6px}\n"
	"svg{width:100%;height:7rem;background:var(--box);border-radius:6px}"
	"svg .a{fill:var(--good)}svg .w{fill:var(--warn)}svg .r{fill:var(--bad)}\n"
	"details{margin:.4em 0}summary{cursor:pointer}\n"
	"@media print{input,nav{display:none}body{max-width:none}details{display:block}"
	".wide{overflow:visible}td{overflow-wrap:anywhere}}\n";

/* Rows have their values as text; numbers sort by data-n. */
static const char script[] =
	"'use strict';\n"
	"for(const t of document.querySelectorAll('table.s')){\n"
	" const b=t.tBodies[0],q=document.getElementById(t.id+'-q');\n"
	" q.addEventListener('input',()=>{const w=q.value.toLowerCase();"
	"for(const r of b.rows)r.hidden=!r.textContent.toLowerCase().includes(w)});\n"
	" [...t.tHead.rows[0].cells].forEach((h,i)=>h.firstElementChild.addEventListener("
	"'click',()=>{\n"
	"  const up=h.getAttribute('aria-sort')!=='ascending';\n"
	"  for(const o of t.tHead.rows[0].cells)o.removeAttribute('aria-sort');\n"
	"  h.setAttribute('aria-sort',up?'ascending':'descending');\n"
	"  const k=r=>{const c=r.cells[i];return c.dataset.n!==undefined?+c.dataset.n:"
	"c.textContent};\n"
	"  [...b.rows].sort((x,y)=>{const a=k(x),c=k(y);"
	"return (a<c?-1:a>c?1:0)*(up?1:-1)}).forEach(r=>b.append(r));\n"
	" }));\n"
	"}\n"
	"addEventListener('beforeprint',()=>{for(const d of document.querySelectorAll("
	"'details'))d.open=true});\n";

static void put_hash(FILE *out, const char *text)
{
	uint8_t digest[DIGEST_LEN];
	char encoded[BASE64_ENCODE_RAW_LENGTH(DIGEST_LEN) + 1];

	digest_bytes(text, strlen(text), digest);
	base64_encode_raw(encoded, DIGEST_LEN, digest);
	encoded[sizeof(encoded) - 1] = 0;
	fprintf(out, "'sha256-%s'", encoded);
}

void report_page_begin(FILE *out)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"defau"
	      "lt-src 'none'; "
	      "base-uri 'none'; form-action 'none'; style-src ",
	      out);
	put_hash(out, style);
	fputs("; script-src ", out);
	put_hash(out, script);
	fputs("\">\n<meta name=\"viewport\" "
	      "content=\"width=device-width,initial-scale=1\">\n"
	      "<meta name=\"referrer\" content=\"no-referrer\">\n"
	      "<title>netjail report</title>\n<style>",
	      out);
	fputs(style, out);
	fputs("</style></head>\n<body>\n", out);
}

void report_page_end(FILE *out)
{
	fputs("<script>", out);
	fputs(script, out);
	fputs("</script>\n</body></html>\n", out);
}
