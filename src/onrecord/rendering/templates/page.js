
"use strict";
(function () {
  var claims = Array.prototype.slice.call(document.querySelectorAll("article.claim"));
  var rows = Array.prototype.slice.call(document.querySelectorAll(".claim-row"));
  var find = document.getElementById("find");
  var standing = document.getElementById("standing");
  var found = document.getElementById("found");

  function filter() {
    var words = find.value.trim().toLowerCase();
    var kept = 0;
    claims.forEach(function (claim, place) {
      var fits = (!standing.value || claim.dataset.standing === standing.value) &&
        (!words || claim.textContent.toLowerCase().indexOf(words) >= 0);
      claim.hidden = !fits;
      rows[place].hidden = !fits;
      if (fits) kept += 1;
    });
    found.textContent = words || standing.value ? kept + " of " + claims.length : "";
  }

  if (find) {
    document.querySelector(".filter").hidden = false;
    find.addEventListener("input", filter);
    standing.addEventListener("change", filter);
  }

  // A place inside something folded or filtered away is shown before the page goes there.
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1));
    var place = id && document.getElementById(id);
    if (!place) return;
    for (var at = place; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
      if (at.hidden) at.hidden = false;
    }
    place.scrollIntoView({ block: place.className === "spot" ? "center" : "start" });
  }

  // From a passage in a report back to the line that led there.
  var back = document.createElement("button");
  var from = null;
  back.type = "button";
  back.className = "return";
  back.hidden = true;
  back.textContent = "← back to the brief";
  back.addEventListener("click", function () {
    back.hidden = true;
    if (from) from.scrollIntoView({ block: "center" });
    if (from) from.focus({ preventScroll: true });
  });
  document.body.appendChild(back);
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("main a[href^='#']") : null;
    var place = link && document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (place && place.closest(".archive")) {
      from = link;
      back.hidden = false;
    }
  });

  window.addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.prototype.filter.call(document.querySelectorAll("details:not([open])"), function (one) {
      one.open = true;
      return true;
    });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (one) { one.open = false; });
  });
})();
