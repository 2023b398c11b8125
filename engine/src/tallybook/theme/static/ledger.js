/* The ledger's filters. DataTables does the work; without JavaScript the whole table stands. */
(function () {
  "use strict";
  var table = document.querySelector("table.ledger-table");
  var form = document.querySelector(".ledger .filters");
  if (!table || !form || !window.DataTable) return;
  var list = new DataTable(table, {
    paging: false, info: false, ordering: false, autoWidth: false, layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null }
  });
  var wanted = {};
  var fields = ["verdict", "outlet", "chapter"];
  list.search.fixed("ledger", function (_text, _data, index) {
    var row = list.row(index).node();
    return fields.every(function (name) { return !wanted[name] || row.dataset[name] === wanted[name]; });
  });
  function apply() {
    fields.forEach(function (name) { wanted[name] = form.elements[name].value; });
    list.search(form.elements.words.value).draw();
    form.querySelector("output").textContent = list.rows({ search: "applied" }).count() + " of " + list.rows().count() + " claims";
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.hidden = false;
  apply();
})();
