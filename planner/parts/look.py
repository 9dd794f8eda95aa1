"""The look of all pages: sizes and colours of デジタル庁デザインシステム, text at 4.5:1 or more."""

import streamlit as st

# Streamlit's own English hints (Press Enter to apply, Fullscreen) and its fixed page width give way.
_STYLE = """<style>
[data-testid="InputInstructions"], [data-testid="stHeaderActionElements"],
[data-testid="stElementToolbar"] { display: none; }
.stApp .block-container { padding: 2.2rem 2rem 3rem; max-width: 1440px; }
[data-testid="stSidebarNav"]::before { content: "まどぐち"; display: block;
  font-size: 1.15rem; font-weight: 700; padding: 0 .5rem .75rem; }
.stApp h1 { font-size: 1.6rem; padding: 0 0 .25rem; }
.stApp h2 { font-size: 1.15rem; padding: .75rem 0 .25rem; }
.stApp :focus-visible { outline: 3px solid #1a1a1a; outline-offset: 2px; box-shadow: 0 0 0 2px #ffd43d; }
.stTextArea textarea:enabled, .stSelectbox [role="group"]:has(input:enabled),
[data-testid="stTextInputRootElement"]:has(input:enabled),
[data-testid="stNumberInputContainer"]:has(input:enabled),
[data-testid="stNumberInputContainer"] :is(div, input, button:enabled) { background: #fff; }
.mado-answer, .mado-more, .mado-note, .mado-figure { word-break: auto-phrase; }
.mado-answer { font-size: 1.2rem; font-weight: 700; line-height: 1.6; margin: 0; }
.mado-more { font-size: 1rem; line-height: 1.7; margin: .25rem 0 0; }
.mado-note { font-size: .875rem; line-height: 1.6; color: #4d4d4d; margin: 0 0 .25rem; }
.stApp .mado-tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
  gap: .75rem; margin: 0; padding: 0; }
.mado-tiles > div { border: 1px solid #b3b3b3; border-radius: .5rem; padding: .6rem .9rem; }
.mado-tiles dt { font-size: .875rem; color: #4d4d4d; }
.mado-tiles dd { margin: 0; font-size: 1.1rem; font-weight: 700; }
.mado-tiles small { display: block; font-size: .875rem; font-weight: 400; }
.mado-scroll { overflow-x: auto; }
.mado-table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.5; }
.mado-table caption { text-align: left; font-weight: 700; padding: 0 0 .35rem; }
.mado-table th, .mado-table td { border: 1px solid #b3b3b3; padding: .3rem .5rem; text-align: left;
  vertical-align: top; font-weight: 400; overflow-wrap: anywhere; }
.mado-table thead th { background: #f1f1f4; font-weight: 700; }
.mado-table tbody th { background: #f8f8fb; }
.mado-table th[scope="row"]:not(.mado-short) { min-width: 8.5rem; }
.stApp .mado-short { white-space: nowrap; }
.mado-table small { font-size: .8125rem; white-space: nowrap; font-weight: 400; }
.mado-facts th { width: 9.5rem; font-weight: 700; }
.mado-table .mado-figure { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.mado-table td.mado-marked { font-weight: 700; background: #e8f1fe; }
.mado-table th.mado-marked { background: #d9e6ff; border-bottom: 3px solid #0017c1; }
.mado-badge { display: inline-block; border: 1px solid #0017c1; color: #0017c1; background: #fff;
  border-radius: .25rem; padding: 0 .35rem; font-size: .8125rem; font-weight: 700; white-space: nowrap; }
.stApp [data-testid="stFileChip"] [role="alert"] { position: static; width: auto; height: auto;
  margin: 0 .5rem; clip: auto; clip-path: none; overflow: visible; white-space: normal;
  color: #ce0000; font-size: .875rem; }
.mado-table tr.mado-aside :is(th, td) { color: #4d4d4d; background: #f1f1f4; }
.mado-narrow { font-size: .8125rem; width: auto; }
.mado-narrow :is(th, td) { padding: .15rem .4rem; white-space: nowrap; }
.stApp .mado-narrow th[scope="row"] { min-width: 0; text-align: right; }
.mado-banner { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 .25rem; font-size: .875rem; }
.mado-banner span { border-radius: .25rem; padding: .1rem .6rem; font-weight: 700; }
.mado-sample { background: #fbf5e0; color: #6e5600; border: 1px solid #6e5600; }
.mado-switched { background: #ac3e00; color: #fff; border: 1px solid #ac3e00; }
.stApp .mado-steps { display: flex; flex-wrap: wrap; list-style: none; padding: 0; margin: 0;
  font-size: .875rem; }
.mado-steps li { margin: 0; padding: .15rem .7rem; border: 1px solid #b3b3b3; color: #4d4d4d; }
.mado-steps li[aria-current] { background: #0017c1; color: #fff; font-weight: 700; border-color: #0017c1; }
.stApp .mado-weeks { display: grid; grid-template-columns: repeat(auto-fit, minmax(6rem, 1fr)); gap: .3rem;
  list-style: none; padding: 0; margin: 0; font-size: .8125rem; line-height: 1.45; }
.mado-weeks li { margin: 0; padding: .3rem .45rem; border: 1px solid #b3b3b3;
  border-top: .5rem solid #b3b3b3; }
.mado-weeks b { display: block; font-size: 1rem; }
.mado-weeks .w0 { border-top-color: #d9d9d9; } .mado-weeks .w1 { border-top-color: #9db7f9; }
.mado-weeks .w2 { border-top-color: #4979f5; } .mado-weeks .w3 { border-top-color: #0017c1; }
.mado-weeks .now { outline: 2px solid #1a1a1a; outline-offset: -1px; }
</style>"""
# A page in Japanese says so to screen readers; Streamlit writes lang="en", and a few words of its own.
_LANGUAGE = """<script>
document.documentElement.lang = 'ja';
if (!window.madoSpeaksJapanese) {
  window.madoSpeaksJapanese = true;
  const said = [
    [/^Skip to main content$/, '本文へ移動'],
    [/^Upload$/, 'ファイルを選ぶ'],
    [/^Drag and drop (?:a file|files) here$/, 'ここにファイルを置く'],
    [/^(.+) per file( • .+)?$/, '1ファイル$1まで$2'],
    [/^(.+) files? (?:is|are) not allowed\\.$/, 'この形式のファイルは使えない。何も保存していない。'],
    [/^Error: $/, ''],
    [/^File must be (\\d+)(?:\\.\\d)?MB or smaller\\.$/,
      'ファイルが大き過ぎる（$1MBまで）。何も保存していない。'],
    [/^Only one file is allowed\\.$/, '一度に選べるファイルは一つである。'],
    [/^(?:Unexpected error\\. .+|Upload failed|Request failed with status .+|Network error)\\.?$/,
      '送れなかった。もう一度選んでください。'],
    [/^Page not found$/, 'ページが見つかりません'],
    [/^(The page that you have|You have) requested .*$/,
      '指定された場所にページはありません。「概況」を表示します。'],
    [/^Select all$/, '全て選ぶ'],
    [/^Select (\\d+) matches$/, '当てはまる$1個を選ぶ'],
    [/^No results$/, '当てはまるものはない'],
  ];
  const named = [
    [/^Close$/, '閉じる'], [/^Open$/, '開く'], [/^Choose .+$/, '選ぶ'], [/^Add files$/, '別のファイルを選ぶ'],
    [/^file upload$/, 'ファイルの選択'], [/^Clear (?:all|value)$/, '消す'],
    [/^Selected values$/, '選んだもの'], [/^Increment$/, '増やす'], [/^Decrement$/, '減らす'],
    [/^Collapse sidebar$/, '横の欄を閉じる'], [/^Expand sidebar$/, '横の欄を開く'],
    [/^Sidebar$/, '横の欄'], [/^App pages$/, 'ページの一覧'],
    [/^Scroll tabs left$/, '左のタブを見る'], [/^Scroll tabs right$/, '右のタブを見る'],
    [/^Running\\.\\.\\.$/, '実行中'], [/^Help for (.+)$/, '$1の説明'],
    [/^Remove (.+)$/, '$1を外す'], [/^Cancel upload of (.+)$/, '$1の送信をやめる'],
  ];
  const speech = (text, words) => {
    const found = words.find(([english]) => english.test(text));
    return found ? text.replace(found[0], found[1]) : text;
  };
  const parts = '[data-testid="stSkipToContent"], [data-testid="stFileUploader"], [role="dialog"], ' +
    '[role="tooltip"], [role="listbox"]';
  const speak = () => {
    for (const part of document.querySelectorAll(parts)) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode, words = speech(node.nodeValue, said);
        if (words !== node.nodeValue) node.nodeValue = words;
      }
      for (const e of part.querySelectorAll('[title]')) e.title = speech(e.title, said);
    }
    for (const attribute of ['aria-label', 'placeholder']) {
      for (const e of document.querySelectorAll(`[${attribute}]`)) {
        const name = e.getAttribute(attribute), words = speech(name, named);
        if (words !== name) e.setAttribute(attribute, words);
      }
    }
  };
  new MutationObserver(speak).observe(document.body, {childList: true, subtree: true});
  speak();
}
</script>"""


def dressed() -> None:
    """Give the page its look and its language."""
    st.html(_STYLE)
    st.html(_LANGUAGE, unsafe_allow_javascript=True)
