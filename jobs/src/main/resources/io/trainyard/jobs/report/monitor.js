// Draws the plots of a monitor's page from the JSON beside it. A place for a plot says in its data which kind it is, and which histogram;
// one inside closed details is drawn when it is opened. Texts go into the canvas or into text nodes, never into markup.
'use strict';
(function () {
  const data = JSON.parse(document.getElementById('data').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const charts = new Map();

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  }

  function plain(params) { // tooltips are text: names come from data
    const box = document.createElement('div');
    [].concat(params).forEach(function (part, place) {
      if (place === 0) box.append(String(part.name), document.createElement('br'));
      const value = Array.isArray(part.value) ? part.value[1] : part.value;
      if (part.seriesName && value !== null && value !== undefined && !part.seriesName.startsWith('_')) {
        box.append(part.seriesName + ': ' + (typeof value === 'number' ? +value.toPrecision(4) : value), document.createElement('br'));
      }
    });
    return box;
  }

  function frame(categories, more) {
    const axis = { axisLine: { lineStyle: { color: colour('line') } }, axisLabel: { color: colour('soft'), hideOverlap: true },
      splitLine: { lineStyle: { color: colour('line'), opacity: 0.5 } } };
    return Object.assign({
      animation: false,
      textStyle: { color: colour('text'), fontFamily: 'system-ui, sans-serif' },
      grid: { left: 12, right: 16, top: 36, bottom: 12, containLabel: true },
      legend: { top: 0, textStyle: { color: colour('soft') }, itemWidth: 16, itemHeight: 9 },
      tooltip: { trigger: 'axis', formatter: plain, confine: true },
      xAxis: Object.assign({ type: 'category', data: categories }, axis),
      yAxis: Object.assign({ type: 'value' }, axis)
    }, more);
  }

  const draw = {
    metric: function () {
      const metric = data.metric;
      const single = data.windows.length === 1; // a line of one point is none: its ends are short dashes
      const end = { symbol: single ? 'rect' : 'none', symbolSize: [28, 2], color: colour('current'), stackStrategy: 'all', stack: 'interval',
        lineStyle: { opacity: 0 }, silent: true };
      const options = frame(data.windows, { series: [
        Object.assign({ name: '_low', type: 'line', data: metric.low }, end),
        Object.assign({ name: '_interval', type: 'line', data: metric.width, areaStyle: { color: colour('current'), opacity: 0.18 } }, end),
        { name: 'measured', type: 'line', data: metric.measured, symbolSize: 8, color: colour('current') },
        { name: 'expected before labels', type: 'line', data: metric.estimated, symbol: 'diamond', symbolSize: 7, color: colour('watch'),
          lineStyle: { type: 'dashed' } },
        { name: 'on test rows', type: 'line', data: data.windows.map(function () { return metric.tested; }), symbol: single ? 'rect' : 'none',
          symbolSize: [80, 2],
          color: colour('reference') }
      ] });
      options.legend.data = ['measured', 'expected before labels', 'on test rows'];
      options.yAxis.scale = true;
      return options;
    },
    rows: function () {
      return frame(data.windows, { series: [
        { name: 'with label', type: 'bar', stack: 'rows', data: data.labelled, color: colour('current') },
        { name: 'label not known yet', type: 'bar', stack: 'rows', data: data.unlabelled, color: colour('reference') }
      ] });
    },
    histogram: function (number) {
      const bins = data.histograms[number];
      return frame(bins.labels, { series: [
        { name: 'training', type: 'bar', data: bins.reference, color: colour('reference'), barGap: '0%' },
        { name: 'newest window', type: 'bar', data: bins.current, color: colour('current') }
      ] });
    }
  };

  function plot(place) {
    const chart = charts.get(place) || echarts.init(place, null, { renderer: 'canvas' });
    charts.set(place, chart);
    const options = draw[place.dataset.plot](Number(place.dataset.of));
    if (place.dataset.plot === 'histogram') {
      options.yAxis.axisLabel = Object.assign({}, options.yAxis.axisLabel, {
        formatter: function (share) { return +(100 * share).toPrecision(3) + ' %'; }
      });
    }
    chart.setOption(options, true);
    place.dataset.drawn = 'yes';
  }

  function plotAll(root) {
    root.querySelectorAll('.plot').forEach(function (place) {
      if (!place.closest('details:not([open])')) plot(place);
    });
  }

  plotAll(document);
  document.querySelectorAll('details').forEach(function (details) {
    details.addEventListener('toggle', function () { if (details.open) plotAll(details); });
  });
  dark.addEventListener('change', function () { charts.forEach(function (chart, place) { plot(place); }); });
  addEventListener('resize', function () { charts.forEach(function (chart) { chart.resize(); }); });
  document.documentElement.dataset.ready = 'yes';
})();
