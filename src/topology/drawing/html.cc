// The picture as a page: it zooms, pans, tells what is under the pointer and shows one gang at a time.
#include "absl/strings/str_cat.h"

#include "topology/drawing/svg.h"

namespace grove::drawing {
namespace {

constexpr char kPageStyle[] =
    ":root{--p:#fff;--i:#1f2933;--d:#616e7c;--l:#d5dbe1;--h:#f3f5f8;--s:#e8f0fb;--a:#2f6fc1;--e:#ba2525;"
    "color-scheme:light dark}"
    "@media(prefers-color-scheme:dark){:root{--p:#12161c;--i:#e3e8ee;--d:#9aa5b1;--l:#353e48;--h:#1d242d;--s:#1c2f4a;"
    "--a:#6ea8f0;--e:#ff8a8a}}"
    "html,body{margin:0;height:100%;font:13px system-ui,-apple-system,'Segoe UI',sans-serif;color:var(--i);"
    "background:var(--p)}"
    "body{display:flex;flex-direction:column}header{padding:10px 16px;border-bottom:1px solid var(--l)}"
    "h1{font-size:15px;margin:0 0 2px}header p{margin:0;color:var(--d)}"
    "main{flex:1;display:flex;min-height:0}#v{flex:1;min-width:0;cursor:grab;touch-action:none}"
    "#v:active{cursor:grabbing}:focus-visible{outline:2px solid var(--a);outline-offset:-2px}"
    "aside{width:330px;border-left:1px solid var(--l);display:flex;flex-direction:column}"
    "input{margin:8px;padding:5px 8px;font:inherit;color:inherit;background:var(--p);border:1px solid var(--l);"
    "border-radius:4px}"
    "ul{list-style:none;margin:0;padding:0;overflow:auto;flex:1}"
    "li{padding:5px 10px;cursor:pointer;border-left:4px solid transparent}li:hover,li.at{background:var(--h)}"
    "li[aria-selected=true]{background:var(--s);border-left-color:var(--a)}"
    "li i{display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:8px;vertical-align:-1px}"
    "li b{font-weight:600;overflow-wrap:anywhere}li small{display:block;margin-left:20px;color:var(--d)}"
    "li.e b,li.e small{color:var(--e)}li.e i{border:1px dashed var(--e);width:10px;height:10px}"
    "#tip{position:fixed;pointer-events:none;background:#1f2933;color:#fff;padding:6px 9px;border-radius:4px;"
    "border:1px solid #52606d;white-space:pre;font-size:12px;display:none;z-index:2}"
    "svg.one .r{opacity:.1}svg.one .r.on{opacity:1}.x{display:none}svg.one .x.on{display:inline}"
    ".zn{fill:#12161c;stroke:#fff;paint-order:stroke;stroke-linejoin:round;pointer-events:none}"
    ".zl{stroke:#fff;fill:none;pointer-events:none;opacity:.8}"
    "footer{padding:5px 16px;color:var(--d);border-top:1px solid var(--l)}footer span{margin-right:14px}"
    "footer svg{width:11px;height:11px;vertical-align:-1px;margin-right:5px}"
    "kbd{font:inherit;border:1px solid var(--l);border-radius:3px;padding:0 3px}";

// Zooms by changing the view box. What is too small to be read at first, names of nodes and the lines between their
// squares, is added to the nodes in view once there is room for it.
constexpr char kScript[] = R"js(
const v=document.getElementById('v'),tip=document.getElementById('tip'),b=v.viewBox.baseVal,list=document.querySelector('ul');
const home=[b.x,b.y,b.width,b.height],unit=+v.dataset.u,columns=+v.dataset.c,border=+v.dataset.b,named=v.dataset.n==='1';
const NS=v.namespaceURI,cells=[...v.querySelectorAll('.n')].map(n=>{const r=n.firstElementChild,
a=k=>+r.getAttribute(k);return{n,x:a('x'),y:a('y'),w:a('width'),h:a('height'),name:n.dataset.t.split('\n')[0]}});
const labels=[...v.querySelectorAll('.bl')].map(n=>[n,+n.getAttribute('font-size')]);
const layer=v.appendChild(document.createElementNS(NS,'g'));let drag=null,chosen=null,due=false,at=-1;
const scale=()=>{const r=v.getBoundingClientRect();return Math.max(b.width/r.width,b.height/r.height)};
const point=e=>{const p=v.createSVGPoint();p.x=e.clientX;p.y=e.clientY;return p.matrixTransform(v.getScreenCTM().inverse())};
const detail=()=>{due=false;layer.replaceChildren();const s=scale();
for(const[n,f]of labels)n.setAttribute('font-size',Math.min(f,22*s));if(named||unit*.9/s<8)return;
for(const c of cells){if(c.x>b.x+b.width||c.x+c.w<b.x||c.y>b.y+b.height||c.y+c.h<b.y)continue;
if(columns>1){let d='';for(let i=1;i<columns;++i)d+=`M${c.x+border+i*unit} ${c.y+border}V${c.y+c.h-border}`;
const l=layer.appendChild(document.createElementNS(NS,'path'));l.setAttribute('class','zl');l.setAttribute('d',d);
l.setAttribute('stroke-width',unit*.06)}
const f=Math.min(unit*.9,(c.w-2*border)/(c.name.length*.6));if(f/s<6)continue;
const t=layer.appendChild(document.createElementNS(NS,'text'));t.setAttribute('class','zn');t.setAttribute('x',c.x+border);
t.setAttribute('y',c.y+border+f*.85);t.setAttribute('font-size',f);t.setAttribute('stroke-width',f*.3);t.textContent=c.name}};
const changed=()=>{if(!due){due=true;requestAnimationFrame(detail)}};
const look=(x,y,w,h)=>{b.x=x;b.y=y;b.width=w;b.height=h;tip.style.display='none';changed()};
const zoom=(f,p)=>{const w=b.width*f;if(w>home[2]*3||w<unit*columns)return;
look(p.x-(p.x-b.x)*f,p.y-(p.y-b.y)*f,w,b.height*f)};
const middle=()=>({x:b.x+b.width/2,y:b.y+b.height/2});
const tell=(n,x,y)=>{tip.textContent=n.dataset.t;tip.style.display='block';
tip.style.left=Math.max(0,Math.min(x+14,innerWidth-tip.offsetWidth-8))+'px';
tip.style.top=Math.max(0,Math.min(y+14,innerHeight-tip.offsetHeight-8))+'px'};
v.addEventListener('wheel',e=>{e.preventDefault();zoom(Math.exp(e.deltaY*.0015),point(e))},{passive:false});
v.addEventListener('pointerdown',e=>{drag=[e.clientX,e.clientY,b.x,b.y];v.setPointerCapture(e.pointerId)});
v.addEventListener('pointerup',()=>drag=null);v.addEventListener('pointercancel',()=>drag=null);
v.addEventListener('dblclick',()=>look(...home));
v.addEventListener('pointermove',e=>{if(drag){const s=scale();
look(drag[2]-(e.clientX-drag[0])*s,drag[3]-(e.clientY-drag[1])*s,b.width,b.height);return}
const n=e.target.closest('[data-t]');if(n)tell(n,e.clientX,e.clientY);else tip.style.display='none'});
v.addEventListener('pointerleave',()=>tip.style.display='none');v.addEventListener('blur',()=>tip.style.display='none');
const show=g=>{for(const n of v.querySelectorAll('.on'))n.classList.remove('on');v.classList.toggle('one',g!==null);
if(g!==null)for(const n of v.querySelectorAll('.g'+g))n.classList.add('on')};
const frame=()=>{let l=1/0,t=1/0,r=-1/0,o=-1/0;for(const n of v.querySelectorAll('.on')){const q=n.getBBox();
l=Math.min(l,q.x);t=Math.min(t,q.y);r=Math.max(r,q.x+q.width);o=Math.max(o,q.y+q.height)}if(l>r)return;
const m=unit*3;look(l-m,t-m,r-l+2*m,o-t+2*m)};
const step=d=>{const some=chosen===null?cells:cells.filter(c=>c.n.querySelector('.g'+chosen));if(!some.length)return;
at=((at+d)%some.length+some.length)%some.length;const c=some[at];
if(c.x<b.x||c.y<b.y||c.x+c.w>b.x+b.width||c.y+c.h>b.y+b.height)look(c.x+c.w/2-b.width/2,c.y+c.h/2-b.height/2,b.width,b.height);
const q=c.n.getBoundingClientRect();tell(c.n,q.right,q.bottom)};
const keys={ArrowLeft:()=>look(b.x-b.width*.1,b.y,b.width,b.height),ArrowRight:()=>look(b.x+b.width*.1,b.y,b.width,b.height),
ArrowUp:()=>look(b.x,b.y-b.height*.1,b.width,b.height),ArrowDown:()=>look(b.x,b.y+b.height*.1,b.width,b.height),
'+':()=>zoom(.8,middle()),'=':()=>zoom(.8,middle()),'-':()=>zoom(1.25,middle()),'0':()=>look(...home),Home:()=>look(...home),
n:()=>step(1),p:()=>step(-1),z:frame,Escape:()=>choose(null)};
v.addEventListener('keydown',e=>{if(keys[e.key]&&!e.ctrlKey&&!e.metaKey&&!e.altKey){e.preventDefault();keys[e.key]()}});
const rows=[...document.querySelectorAll('li')];let row=null;
const choose=g=>{chosen=g;at=-1;for(const o of rows)o.setAttribute('aria-selected',o.dataset.g===g);show(g)};
const toggle=r=>choose(chosen===r.dataset.g?null:r.dataset.g);
const go=r=>{if(!r)return;if(row)row.classList.remove('at');row=r;r.classList.add('at');
list.setAttribute('aria-activedescendant',r.id);r.scrollIntoView({block:'nearest'});show(r.dataset.g)};
for(const r of rows){r.onmouseenter=()=>show(r.dataset.g);r.onmouseleave=()=>show(chosen);r.onclick=()=>{toggle(r);go(r);
show(chosen)};r.ondblclick=()=>{choose(r.dataset.g);frame()}}
list.addEventListener('keydown',e=>{const some=rows.filter(r=>!r.hidden),i=some.indexOf(row);
const to={ArrowDown:Math.min(i+1,some.length-1),ArrowUp:Math.max(i-1,0),Home:0,End:some.length-1,
PageDown:Math.min(i+10,some.length-1),PageUp:Math.max(i-10,0)}[e.key];
if(to!==undefined)go(some[to]);else if(e.key==='Enter'||e.key===' '){if(row)toggle(row)}
else if(e.key==='z'){if(row){choose(row.dataset.g);frame()}}else if(e.key==='Escape')choose(null);else return;e.preventDefault()});
list.addEventListener('blur',()=>show(chosen));
document.querySelector('input').oninput=e=>{const q=e.target.value.toLowerCase();
for(const r of rows)r.hidden=!r.textContent.toLowerCase().includes(q)};
addEventListener('resize',changed);changed();
)js";

constexpr char kFooter[] =
    "<footer><span><svg><rect class=\"f\" width=\"11\" height=\"11\"/></svg>free</span><span><svg><rect class=\"u\" "
    "width=\"11\" height=\"11\"/></svg>in use before</span><span><svg><rect class=\"cx\" width=\"11\" "
    "height=\"11\"/></svg>node not usable</span><span><svg><rect class=\"cc\" width=\"11\" "
    "height=\"11\"/></svg>node cordoned</span><span>Solid frame: domain required by a gang; dashed: by a part of "
    "it.</span><br>"
    "<span>Wheel or <kbd>+</kbd> <kbd>-</kbd>: zoom. Drag or arrows: move. Double click or <kbd>0</kbd>: all of it. "
    "<kbd>n</kbd> <kbd>p</kbd>: next, previous node. In the list: arrows, <kbd>Enter</kbd>; <kbd>z</kbd> or double "
    "click: zoom to the gang.</span></footer>\n";

void AppendRow(const Picture& picture, std::size_t index, std::string& out) {
  const GangPicture& gang = picture.gangs[index];
  absl::StrAppend(&out, "<li role=\"option\" aria-selected=\"false\" id=\"o", index, "\" data-g=\"", index, "\"",
                  gang.placed ? "" : " class=\"e\"", "><i",
                  gang.placed ? absl::StrCat(" style=\"background:", gang.color, "\"") : std::string(), "></i><b>",
                  Escape(gang.name), "</b><small>", Escape(GangFigures(picture, gang)), "</small>");
  if (!gang.remark.empty()) absl::StrAppend(&out, "<small>", Escape(gang.remark), "</small>");
  out += "</li>\n";
}

}  // namespace

std::string WriteHtml(const Cluster& cluster, const Picture& picture, const Layout& layout) {
  constexpr double kMargin = 12;
  std::string out = absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>",
      Escape(Verdict(picture)), "</title>\n<style>", kPageStyle);
  out += StyleSheet();
  absl::StrAppend(&out, "</style>\n</head>\n<body>\n<header><h1>", Escape(Verdict(picture)), "</h1><p>",
                  Escape(Headline(cluster, picture)),
                  "</p></header>\n<main>\n<svg id=\"v\" tabindex=\"0\" role=\"img\" aria-label=\"",
                  Escape(Headline(cluster, picture)), "\" data-u=\"", Number(layout.unit), "\" data-c=\"",
                  picture.in_pieces ? layout.columns : 1, "\" data-b=\"", Number(layout.border), "\" data-n=\"",
                  layout.names ? 1 : 0, "\" viewBox=\"", Number(-kMargin), " ", Number(-kMargin), " ",
                  Number(layout.width + 2 * kMargin), " ", Number(layout.height + 2 * kMargin), "\">\n");
  AppendCluster(cluster, picture, layout, true, out);
  out +=
      "</svg>\n<aside><input type=\"search\" placeholder=\"find a gang\" aria-label=\"find a gang\">\n<ul "
      "role=\"listbox\" tabindex=\"0\" "
      "aria-label=\"gangs\">\n";
  for (const bool placed : {false, true}) {
    for (std::size_t g = 0; g < picture.gangs.size(); ++g) {
      if (picture.gangs[g].placed == placed) AppendRow(picture, g, out);
    }
  }
  absl::StrAppend(&out, "</ul></aside>\n</main>\n", kFooter, "<div id=\"tip\" role=\"status\"></div>\n<script>",
                  kScript, "</script>\n</body>\n</html>\n");
  return out;
}

}  // namespace grove::drawing
