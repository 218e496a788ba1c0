/* Colours a process's diagram by a column of the table below it. The table says the same without it. */
(async () => {
    'use strict';
    const place = document.getElementById('map-diagram');
    const table = document.getElementById('map-table');
    if (!place || !table) {
        return;
    }
    const column = Number(place.dataset.column);
    const other = place.dataset.other ? Number(place.dataset.other) : null;
    const model = await (await fetch(place.dataset.model)).text();
    place.hidden = false;
    document.getElementById('map-scale').hidden = false;
    const drawing = document.createElement('div');
    place.append(drawing);
    const viewer = new window.BpmnJS({container: drawing});
    await viewer.importXML(model);
    const canvas = viewer.get('canvas');
    const overlays = viewer.get('overlays');

    const number = cell => cell.dataset.value === undefined ? null : Number(cell.dataset.value);
    const steps = new Map([...table.tBodies[0].rows].map(row => [row.dataset.node, {
        link: row.cells[0].querySelector('a').href,
        value: number(row.cells[column]),
        text: row.cells[column].textContent.trim(),
        other: other === null ? null : number(row.cells[other]),
        otherText: other === null ? null : row.cells[other].textContent.trim(),
    }]));
    const most = Math.max(0, ...[...steps.values()].map(step => step.value || 0));

    const colour = step => {
        if (other !== null) {
            return step.value === null || step.other === null || step.value === step.other
                ? null : step.value > step.other ? 'above' : 'below';
        }
        return step.value ? 'heat-' + Math.max(1, Math.ceil(5 * step.value / most)) : null;
    };

    /* A stage of the journey is the process that its step calls. */
    const stepOf = element => steps.get(element.businessObject.calledElement || element.id);

    viewer.get('elementRegistry').forEach(element => {
        const step = element.labelTarget ? null : stepOf(element);
        if (!step || element.waypoints) {
            return;
        }
        canvas.addMarker(element, 'step-of-map');
        if (colour(step)) {
            canvas.addMarker(element, colour(step));
        }
        const label = document.createElement('div');
        label.className = 'map-number';
        label.textContent = other === null ? step.text : step.text + ' / ' + step.otherText;
        /* By itself a number goes when the diagram is drawn small, as a long one is from the start, and shrinks with it. */
        overlays.add(element, {position: {bottom: 11, left: 8}, html: label, show: {minZoom: 0.3}, scale: {min: 0.8}});
    });
    viewer.on('element.click', event => {
        const step = stepOf(event.element);
        if (step) {
            window.location = step.link;
        }
    });
    const zooms = document.getElementById('map-zoom');
    zooms.hidden = false;
    window.fitDiagram(place, viewer, zooms.querySelectorAll('[data-zoom]'), null, 20);
    place.dataset.drawn = 'true';
})();
