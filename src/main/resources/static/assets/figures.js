/* Draws each chart from the numbers of its table, so that the two cannot differ. Without scripts the tables are there. */
(() => {
    'use strict';
    const greek = document.documentElement.lang.startsWith('el');
    const colours = ['#1f5f5b', '#c98a1b', '#a32417', '#5b6fa8', '#7b8886', '#6a3d7c'];
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

    const read = table => ({
        headings: [...table.tHead.rows[0].cells].map(cell => cell.textContent.trim()),
        rows: [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => ({
            text: cell.textContent.trim(),
            value: cell.dataset.value === undefined ? null : Number(cell.dataset.value),
        }))),
    });

    const series = (kind, data, columns) => columns.map((column, index) => ({
        name: data.headings[column],
        type: kind === 'line' ? 'line' : 'bar',
        stack: kind === 'stack' ? 'all' : undefined,
        barMaxWidth: 26,
        symbol: ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'][index % 6],
        symbolSize: 7,
        itemStyle: {color: colours[index % colours.length]},
        data: data.rows.map(row => row[column].value),
    }));

    const option = (kind, data, columns, narrow) => {
        const names = {
            type: 'category',
            data: data.rows.map(row => row[0].text),
            inverse: kind !== 'line',
            axisLabel: kind === 'line' ? {} : {width: narrow ? 110 : 220, overflow: 'break', interval: 0},
        };
        const numbers = {type: 'value', minInterval: 1};
        return {
            animation: !still,
            textStyle: {fontFamily: 'inherit'},
            legend: {show: columns.length > 1, bottom: 0, type: 'scroll'},
            grid: {left: 8, right: 24, top: 16, bottom: columns.length > 1 ? 40 : 8, containLabel: true},
            tooltip: {trigger: 'axis', axisPointer: {type: 'shadow'}, renderMode: 'richText', confine: true},
            xAxis: kind === 'line' ? names : numbers,
            yAxis: kind === 'line' ? numbers : names,
            series: series(kind, data, columns),
        };
    };

    for (const place of document.querySelectorAll('.chart')) {
        const table = document.getElementById(place.dataset.table);
        const data = read(table);
        const columns = place.dataset.columns.split(',').map(Number);
        const kind = place.dataset.chart;
        place.hidden = false;
        const bars = kind === 'bar' ? columns.length : 1;
        place.style.height = (kind === 'line' ? 320 : Math.max(160, 70 + data.rows.length * (24 + bars * 12))) + 'px';
        const chart = window.echarts.init(place, null, {renderer: 'svg', locale: greek ? 'EL' : 'EN'});
        const draw = () => chart.setOption(option(kind, data, columns, place.clientWidth < 600), true);
        draw();
        new ResizeObserver(() => { chart.resize(); draw(); }).observe(place);
    }
})();
