/* Draws the diagrams of a case's journey, with a mark where the case is. Without scripts the list of stages says it. */
(() => {
    'use strict';
    const ids = text => (text || '').split(',').filter(Boolean);

    const draw = async (place, zooms) => {
        const drawing = document.createElement('div');
        place.append(drawing);
        const viewer = new window.BpmnJS({container: drawing});
        const model = await fetch(place.dataset.model, {headers: {Accept: 'application/xml'}});
        if (!model.ok) {
            return false;
        }
        await viewer.importXML(await model.text());
        const canvas = viewer.get('canvas');
        const elements = viewer.get('elementRegistry');
        const mark = (list, marker) => list.filter(id => elements.get(id)).forEach(id => canvas.addMarker(id, marker));
        mark(ids(place.dataset.done), 'case-done');
        mark(ids(place.dataset.here), 'case-here');
        const here = ids(place.dataset.here).map(id => elements.get(id)).find(Boolean);
        window.fitDiagram(place, viewer, zooms, here);
        place.dataset.drawn = 'true';
        return true;
    };

    for (const details of document.querySelectorAll('details.drawn')) {
        const place = details.querySelector('.diagram');
        let drawn = false;
        const open = async () => {
            if (details.open && !drawn) {
                drawn = true;
                details.hidden = !await draw(place, details.querySelectorAll('[data-zoom]'));
            }
        };
        details.closest('.drawings').hidden = false;
        details.hidden = false;
        details.addEventListener('toggle', open);
        open();
    }
})();
