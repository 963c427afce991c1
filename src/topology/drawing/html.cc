// The picture as a page: it zooms, pans, tells what is under the pointer and shows one gang at a time.
#include "absl/strings/str_cat.h"

#include "topology/drawing/svg.h"

namespace grove::drawing {
namespace {

constexpr char kPageStyle[] =
    "html,body{margin:0;height:100%;font:13px system-ui,-apple-system,'Segoe UI',sans-serif;color:#1f2933}"
    "body{display:flex;flex-direction:column}header{padding:10px 16px;border-bottom:1px solid #d5dbe1}"
    "h1{font-size:15px;margin:0 0 2px}header p{margin:0;color:#616e7c}"
    "main{flex:1;display:flex;min-height:0}#v{flex:1;min-width:0;cursor:grab;touch-action:none}"
    "#v:active{cursor:grabbing}aside{width:330px;border-left:1px solid #d5dbe1;display:flex;flex-direction:column}"
    "input{margin:8px;padding:5px 8px;font:inherit;border:1px solid #cbd2d9;border-radius:4px}"
    "ul{list-style:none;margin:0;padding:0;overflow:auto;flex:1}"
    "li{padding:5px 10px;cursor:pointer;border-left:4px solid transparent}li:hover{background:#f3f5f8}"
    "li[aria-selected=true]{background:#e8f0fb;border-left-color:#2f6fc1}"
    "li i{display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:8px;vertical-align:-1px}"
    "li b{font-weight:600;overflow-wrap:anywhere}li small{display:block;margin-left:20px;color:#616e7c}"
    "li.e b,li.e small{color:#ba2525}li.e i{border:1px dashed #ba2525;width:10px;height:10px}"
    "#tip{position:fixed;pointer-events:none;background:#1f2933;color:#fff;padding:6px 9px;border-radius:4px;"
    "white-space:pre;font-size:12px;display:none;z-index:2}"
    "svg.one .r{opacity:.1}svg.one .r.on{opacity:1}.x{display:none}svg.one .x.on{display:inline}footer{padding:5px "
    "16px;color:#616e7c;border-top:1px solid #d5dbe1}";

// Zooms by changing the view box; nothing else is kept.
constexpr char kScript[] = R"js(
const v=document.getElementById('v'),tip=document.getElementById('tip'),b=v.viewBox.baseVal;
const home=[b.x,b.y,b.width,b.height];let drag=null,chosen=null;
const scale=()=>{const r=v.getBoundingClientRect();return Math.max(b.width/r.width,b.height/r.height)};
const at=e=>{const p=v.createSVGPoint();p.x=e.clientX;p.y=e.clientY;return p.matrixTransform(v.getScreenCTM().inverse())};
const zoom=(f,p)=>{const w=b.width*f;if(w>home[2]*3||w<20)return;
b.x=p.x-(p.x-b.x)*f;b.y=p.y-(p.y-b.y)*f;b.width=w;b.height*=f};
v.addEventListener('wheel',e=>{e.preventDefault();zoom(Math.exp(e.deltaY*.0015),at(e))},{passive:false});
v.addEventListener('pointerdown',e=>{drag=[e.clientX,e.clientY,b.x,b.y];v.setPointerCapture(e.pointerId)});
v.addEventListener('pointerup',()=>drag=null);
v.addEventListener('dblclick',()=>{[b.x,b.y,b.width,b.height]=home});
v.addEventListener('pointermove',e=>{if(drag){const s=scale();b.x=drag[2]-(e.clientX-drag[0])*s;
b.y=drag[3]-(e.clientY-drag[1])*s;tip.style.display='none';return}
const n=e.target.closest('[data-t]');if(!n){tip.style.display='none';return}
tip.textContent=n.dataset.t;tip.style.display='block';
tip.style.left=Math.min(e.clientX+14,innerWidth-tip.offsetWidth-8)+'px';
tip.style.top=Math.min(e.clientY+14,innerHeight-tip.offsetHeight-8)+'px'});
v.addEventListener('pointerleave',()=>tip.style.display='none');
const show=g=>{for(const n of v.querySelectorAll('.on'))n.classList.remove('on');v.classList.toggle('one',g!==null);
if(g!==null)for(const n of v.querySelectorAll('.g'+g))n.classList.add('on')};
const rows=[...document.querySelectorAll('li')];
for(const r of rows){r.onmouseenter=()=>show(r.dataset.g);r.onmouseleave=()=>show(chosen);
r.onclick=()=>{chosen=chosen===r.dataset.g?null:r.dataset.g;
for(const o of rows)o.setAttribute('aria-selected',o.dataset.g===chosen);show(chosen)}}
document.querySelector('input').oninput=e=>{const q=e.target.value.toLowerCase();
for(const r of rows)r.hidden=!r.textContent.toLowerCase().includes(q)};
)js";

void AppendRow(const Picture& picture, std::size_t index, std::string& out) {
  const GangPicture& gang = picture.gangs[index];
  absl::StrAppend(&out, "<li data-g=\"", index, "\"", gang.placed ? "" : " class=\"e\"", "><i",
                  gang.placed ? absl::StrCat(" style=\"background:", gang.color, "\"") : std::string(), "></i><b>",
                  Escape(gang.name), "</b><small>", Escape(GangFigures(picture, gang)), "</small>");
  if (!gang.remark.empty()) absl::StrAppend(&out, "<small>", Escape(gang.remark), "</small>");
  out += "</li>\n";
}

}  // namespace

std::string WriteHtml(const Cluster& cluster, const Picture& picture, const Layout& layout) {
  constexpr double kMargin = 12;
  std::string out = absl::StrCat("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
                                 Escape(Verdict(picture)), "</title>\n<style>", kPageStyle);
  out += StyleSheet();
  absl::StrAppend(&out, "</style>\n</head>\n<body>\n<header><h1>", Escape(Verdict(picture)), "</h1><p>",
                  Escape(Headline(cluster, picture)), "</p></header>\n<main>\n<svg id=\"v\" viewBox=\"",
                  Number(-kMargin), " ", Number(-kMargin), " ", Number(layout.width + 2 * kMargin), " ",
                  Number(layout.height + 2 * kMargin), "\">\n");
  AppendCluster(cluster, picture, layout, true, out);
  out += "</svg>\n<aside><input type=\"search\" placeholder=\"find a gang\" aria-label=\"find a gang\">\n<ul>\n";
  for (const bool placed : {false, true}) {
    for (std::size_t g = 0; g < picture.gangs.size(); ++g) {
      if (picture.gangs[g].placed == placed) AppendRow(picture, g, out);
    }
  }
  absl::StrAppend(
      &out,
      "</ul></aside>\n</main>\n<footer>Wheel: zoom. Drag: move. Double click: all of it. Solid frame: domain "
      "required by a gang; dashed: by a part of it.</footer>\n<div id=\"tip\"></div>\n<script>",
      kScript, "</script>\n</body>\n</html>\n");
  return out;
}

}  // namespace grove::drawing
