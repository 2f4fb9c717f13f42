// features per dev probe: first asking clause
import {readFileSync,writeFileSync} from 'fs';
import {loadScenarios} from './dist/scenarios/load-scenarios.js'; import {loadTaxonomy} from './dist/taxonomy/load-taxonomy.js';
import {askingClauses,invitesAgreement} from './dist/agents/patbot/ear/asking-clauses.js';
import {caseQuestions,generalQuestions} from './dist/agents/patbot/ear/asked-questions.js';
import {topicsOf} from './dist/agents/patbot/ear/topics.js';
import {vectorsOf,cosine,shippedVectors} from './dist/agents/patbot/ear/question-vectors.js';
import {contentWords,coverage} from './dist/agents/patbot/ear/content-words.js';
import {embedSentences} from './dist/agents/patbot/ear/sentence-embedder.js';
const {scenarios}=loadScenarios(loadTaxonomy()); const by=new Map([...scenarios].map(s=>[s.id,s]));
const probes=readFileSync(process.argv[2]??'datasets/patbot/probes-dev.jsonl','utf8').trim().split('\n').map(l=>JSON.parse(l));
const sv=shippedVectors(); const out=[];
const isCase=w=>['fact','item','trigger','denies'].includes(w.kind);
for(const p of probes){ if(p.kind==='commit')continue; const s=by.get(p.scenario); const clauses=askingClauses(p.asks); if(!clauses.length){out.push({p,none:true});continue}
 const qs=[...caseQuestions(s,topicsOf(s)),...generalQuestions()]; const vs=await vectorsOf(qs.map(q=>q.text)); const own=new Set(qs.map(q=>sv.numberOf(q.text)));
 const clause=clauses.at(0).text; const [v]=await embedSentences([clause]); const words=contentWords(clause);
 const c=new Map(); qs.forEach((q,i)=>{const k=q.wanted.kind+' '+q.wanted.id; let e=c.get(k); if(!e){e={wanted:q.wanted,words:q.wanted.kind==='fact'?contentWords(q.wanted.label):new Set(),v:[]};c.set(k,e)} for(const w of contentWords(q.text))e.words.add(w); e.v.push(vs[i])});
 const sc=[...c.values()].filter(e=>e.wanted.kind!=='commitment').map(e=>{const cs=e.v.map(x=>cosine(x,v)).sort((a,b)=>b-a);return{w:e.wanted,near:cs[0],top3:cs.slice(0,3).reduce((a,b)=>a+b,0)/Math.min(3,cs.length),cov:coverage(words,e.words),e}});
 sc.sort((a,b)=>(b.near+.5*b.cov)-(a.near+.5*a.cov));
 const cos=sv.cosines(v); const idx=[];for(let i=0;i<cos.length;i++) if(sv.kind(i)==='asks'&&!own.has(i)) idx.push(i); idx.sort((a,b)=>cos[b]-cos[a]);
 const else5=idx.slice(0,8).map(i=>({cos:cos[i],links:sc.slice(0,8).map(x=>Math.max(...x.e.v.map(u=>cosine(u,sv.vector(i)))))}));
 const right=x=>p.kind==='unknown'?false:p.kind==='vignette'?(x.w.kind==='vignette'):(p.expects.includes(x.w.id)&&x.w.kind==='fact')||(x.w.kind==='item'&&s.ledger.some(f=>p.expects.includes(f.id)&&f.answers.includes(x.w.id)))||(x.w.kind==='trigger'&&p.expects.length===0);
 out.push({p,clause,n:clauses.length,c:sc.slice(0,8).map(x=>({k:x.w.kind,id:x.w.id,near:x.near,top3:x.top3,cov:x.cov,right:right(x)})),else5});
}
writeFileSync(process.argv[3]??'/tmp/feat.json',JSON.stringify(out));console.log(out.length)
