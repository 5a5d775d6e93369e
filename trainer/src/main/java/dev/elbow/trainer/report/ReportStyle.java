package dev.elbow.trainer.report;

/** How the report looks: one column on a telephone, two on a screen, light or dark as asked for. */
final class ReportStyle {

  private ReportStyle() {}

  static final String CSS =
      """
      :root { color-scheme: light dark; --paper: #fff; --card: #f6f8fa; --ink: #1c2430;
        --soft: #5a6575; --grid: #e1e6ec; --bar: #3f77b5; --faint: #c3cedb; --training: #9aa9bb;
        --validation: #c4561b; --threshold: #b3261e; --kept: #2b7a4b; --warn: #fff4e0;
        --warn-ink: #7a4b00; --s0: #b9d3ec; --s1: #7fb0dd; --s2: #3f77b5;
        --s3: #1d3f6b; --h0: #fce3c5; --h1: #f7b679; --h2: #e57a2e; --h3: #b3410c; --h4: #5c1302; }
      @media (prefers-color-scheme: dark) { :root { --paper: #12161c; --card: #1a2029;
        --ink: #e4e9f0; --soft: #9ba7b7; --grid: #29313c; --bar: #6ea3dc; --faint: #3c4a5e;
        --training: #6c7c91; --validation: #f08a4b; --threshold: #ff7a70; --kept: #6fcf97;
        --warn: #3a2c12; --warn-ink: #ffcf87; --s0: #2c4868; --s1: #3f6f9f;
        --s2: #6ea3dc; --s3: #c3ddf7; --h0: #3a2815; --h1: #74460f; --h2: #b96a1c; --h3: #f0a046;
        --h4: #ffe2b0; } }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--paper); color: var(--ink);
        font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
      main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
      h1 { font-size: 1.6rem; margin: 0; }
      h2 { font-size: 1.2rem; margin: 2.75rem 0 .25rem; }
      h3 { font-size: .95rem; font-weight: 600; margin: .75rem 0 .25rem; }
      p { margin: .25rem 0 .75rem; max-width: 46rem; }
      .soft, figcaption { color: var(--soft); }
      .warning { background: var(--warn); color: var(--warn-ink); padding: .6rem .9rem;
        border-radius: 6px; max-width: none; }
      .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
        gap: .75rem; margin: 1.25rem 0; }
      .tile { background: var(--card); border-radius: 8px; padding: .7rem .9rem; }
      .tile b { display: block; font-size: 1.35rem; line-height: 1.3;
        font-variant-numeric: tabular-nums; }
      .tile span { color: var(--soft); font-size: .85rem; line-height: 1.35; display: block; }
      .charts { display: grid; gap: 1.25rem 2rem;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
      .three { grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
      figure { margin: 0; min-width: 0; max-width: 31rem; }
      figcaption { font-size: .9rem; margin: .1rem 0 .3rem; max-width: 46rem; }
      .wide { overflow-x: auto; }
      .wide svg { min-width: 44rem; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
        border-bottom: 1px solid var(--grid); overflow-wrap: anywhere; }
      th { font-weight: 500; color: var(--soft); }
      td { font-variant-numeric: tabular-nums; }
      .facts th { width: 14rem; }
      .sensors td, .sensors th { padding-right: .6rem; }
      .sensors .number { text-align: right; white-space: nowrap; }
      .sensors .track { width: 30%; }
      .sensors .track i { display: block; height: .7rem; margin-top: .4rem; border-radius: 2px;
        background: var(--bar); min-width: 1px; }
      details { margin: .5rem 0; }
      summary { cursor: pointer; color: var(--soft); }
      svg { display: block; width: 100%; height: auto; }
      svg text { font: 12px system-ui, sans-serif; fill: var(--soft); }
      svg .name { fill: var(--ink); }
      svg .middle { text-anchor: middle; }
      svg .end { text-anchor: end; }
      svg .threshold-mark { fill: var(--threshold); font-weight: 600; }
      svg .kept-mark { fill: var(--kept); font-weight: 600; }
      .grid { stroke: var(--grid); }
      .axis { stroke: var(--soft); }
      .bar { fill: var(--bar); }
      .bar.faint { fill: var(--faint); }
      .threshold { stroke: var(--threshold); stroke-width: 1.5; }
      .kept { stroke: var(--kept); stroke-width: 1.5; stroke-dasharray: 4 3; }
      .even { fill: none; stroke: var(--soft); stroke-dasharray: 4 3; }
      .prior { fill: none; stroke: var(--soft); stroke-dasharray: 2 3; }
      .band { fill: var(--bar); fill-opacity: .13; }
      .curve { fill: none; stroke-width: 1.7; stroke-linejoin: round; }
      .curve.training { stroke: var(--training); }
      .curve.validation { stroke: var(--validation); }
      .curve.tail { stroke: var(--bar); }
      .spot { fill: none; stroke: var(--validation); stroke-width: 7; stroke-linecap: round; }
      .dots { fill: none; stroke-width: 4; stroke-linecap: round; }
      .dots.fitted { stroke: var(--faint); }
      .dots.tail { stroke: var(--ink); stroke-width: 3; }
      .shade0 { stroke: var(--s0); } .shade1 { stroke: var(--s1); } .shade2 { stroke: var(--s2); }
      .shade3 { stroke: var(--s3); } .shade4 { stroke: var(--threshold); stroke-width: 7; }
      .heat0 { fill: var(--h0); } .heat1 { fill: var(--h1); } .heat2 { fill: var(--h2); }
      .heat3 { fill: var(--h3); } .heat4 { fill: var(--h4); }
      .hover { fill: transparent; }
      .hover:hover { fill: var(--soft); fill-opacity: .12; }
      .legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; color: var(--soft);
        font-size: .9rem; max-width: none; }
      .legend i { display: inline-block; width: 1.3rem; height: .25rem; vertical-align: middle;
        margin-right: .35rem; border-radius: 2px; }
      .legend .square { width: .9rem; height: .9rem; }
      """;
}
