/* Draws each chart from the numbers of its table, so that the two cannot differ. Without scripts the tables are there. */
(() => {
    'use strict';
    /* A chart narrower than this has shorter names; a picture for a report is as wide as a sheet. */
    const NARROW = 600;
    const SHEET = 1000;
    const greek = document.documentElement.lang.startsWith('el');
    const colours = ['#1f5f5b', '#c98a1b', '#a32417', '#5b6fa8', '#7b8886', '#6a3d7c'];
    const numbers = new Intl.NumberFormat(greek ? 'el-GR' : 'en-GB', {maximumFractionDigits: 2});
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

    const read = table => ({
        headings: [...table.tHead.rows[0].cells].map(cell => cell.textContent.trim()),
        rows: [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => ({
            text: cell.textContent.trim(),
            value: cell.dataset.value === undefined ? null : Number(cell.dataset.value),
        }))),
    });

    const isLine = kind => kind === 'line' || kind === 'step' || kind === 'area';

    const series = (kind, data, columns) => columns.map((column, index) => ({
        name: data.headings[column],
        type: isLine(kind) ? 'line' : 'bar',
        step: kind === 'step' ? 'end' : undefined,
        stack: kind === 'stack' || kind === 'area' ? 'all' : undefined,
        areaStyle: kind === 'area' ? {opacity: 0.7} : undefined,
        barMaxWidth: 26,
        symbol: ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'][index % 6],
        symbolSize: 7,
        itemStyle: {color: colours[index % colours.length]},
        tooltip: {valueFormatter: (value, row) => data.rows[row][column].text},
        /* A number that is kept back would tear the bands above it. */
        data: data.rows.map(row => row[column].value ?? (kind === 'area' ? 0 : null)),
    }));

    const labelWidth = narrow => narrow ? 110 : 220;

    /* How many lines the legend needs at that width. */
    const legendLines = (data, columns, width) => {
        let lines = 1;
        let used = 0;
        for (const column of columns) {
            const needed = 48 + data.headings[column].length * 7.2;
            if (used > 0 && used + needed > width) {
                lines++;
                used = 0;
            }
            used += needed;
        }
        return columns.length > 1 ? lines : 0;
    };

    /* High enough that the longest name, broken into lines, does not reach into the next row. */
    const height = (kind, data, columns, width) => {
        const narrow = width < NARROW;
        const legend = 24 * Math.max(0, legendLines(data, columns, width) - 1);
        if (isLine(kind)) {
            return 320 + legend;
        }
        const lines = Math.max(1, ...data.rows.map(row => Math.ceil(row[0].text.length * 7.2 / labelWidth(narrow))));
        const bars = kind === 'bar' ? columns.length : 1;
        return legend + Math.max(160, 70 + data.rows.length * Math.max(24 + bars * 12, 10 + lines * 17));
    };

    const option = (kind, data, columns, width) => {
        const narrow = width < NARROW;
        const lines = legendLines(data, columns, width);
        const names = {
            type: 'category',
            data: data.rows.map(row => row[0].text),
            inverse: !isLine(kind),
            axisLabel: isLine(kind) ? {} : {width: labelWidth(narrow), lineHeight: 16, overflow: 'break', interval: 0},
        };
        const percent = data.rows.some(row => row[columns[0]].text.endsWith('%'));
        const amounts = {
            type: 'value',
            minInterval: 1,
            max: percent ? 100 : undefined,
            interval: percent ? (narrow && !isLine(kind) ? 50 : 20) : undefined,
            splitNumber: narrow && !isLine(kind) ? 3 : 5,
            axisLabel: {hideOverlap: true, formatter: value => numbers.format(value) + (percent ? '\u00a0%' : '')},
        };
        return {
            animation: !still,
            textStyle: {fontFamily: 'inherit'},
            legend: {show: lines > 0, bottom: 0},
            grid: {left: 8, right: 24, top: 16, bottom: lines > 0 ? 16 + 24 * lines : 8, containLabel: true},
            tooltip: {trigger: 'axis', axisPointer: {type: 'shadow'}, renderMode: 'richText', confine: true},
            xAxis: isLine(kind) ? names : amounts,
            yAxis: isLine(kind) ? amounts : names,
            series: series(kind, data, columns),
        };
    };

    /* The chart as a file that can be put into a report: with its title, what was asked, and a white ground. */
    const picture = (type, section, kind, data, columns) => {
        const sheet = document.createElement('div');
        const asked = [document.getElementById('asked').textContent, document.getElementById('as-of').textContent]
            .map(text => text.replace(/\s+/g, ' ').trim()).join(' · ');
        const head = 76;
        Object.assign(sheet.style, {width: SHEET + 'px', height: height(kind, data, columns, SHEET) + head + 'px'});
        const drawn = window.echarts.init(sheet, null, {
            renderer: type === 'svg' ? 'svg' : 'canvas', locale: greek ? 'EL' : 'EN', width: SHEET,
            height: height(kind, data, columns, SHEET) + head,
        });
        const whole = option(kind, data, columns, SHEET);
        drawn.setOption(Object.assign(whole, {
            animation: false,
            backgroundColor: '#fff',
            textStyle: {fontFamily: 'sans-serif'},
            title: {text: section.querySelector('h2').textContent, subtext: asked, left: 8, top: 8},
            grid: Object.assign(whole.grid, {top: head}),
        }));
        const link = document.createElement('a');
        link.href = drawn.getDataURL({type, pixelRatio: 2, backgroundColor: '#fff'});
        link.download = section.id + '-' + new Date().toLocaleDateString('sv-SE') + '.' + type;
        link.click();
        drawn.dispose();
    };

    const print = document.getElementById('print');
    print.hidden = false;
    print.addEventListener('click', () => window.print());

    for (const place of document.querySelectorAll('.chart')) {
        const table = document.getElementById(place.dataset.table);
        const data = read(table);
        data.rows = data.rows.filter(row => row[0].text !== place.dataset.total);
        const columns = place.dataset.columns.split(',').map(Number);
        const kind = place.dataset.chart;
        place.hidden = false;
        const size = () => { place.style.height = height(kind, data, columns, place.clientWidth) + 'px'; };
        size();
        const chart = window.echarts.init(place, null, {renderer: 'svg', locale: greek ? 'EL' : 'EN'});
        const draw = () => chart.setOption(option(kind, data, columns, place.clientWidth), true);
        draw();
        const section = place.closest('section');
        const pictures = section.querySelector('.pictures');
        pictures.hidden = false;
        pictures.addEventListener('click', event => {
            if (event.target.dataset.picture) {
                picture(event.target.dataset.picture, section, kind, data, columns);
            }
        });
        new ResizeObserver(() => { size(); chart.resize(); draw(); }).observe(place);
    }
})();
