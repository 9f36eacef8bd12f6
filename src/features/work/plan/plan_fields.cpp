#include "features/work/plan/plan_fields.hpp"

#include <algorithm>

#include "features/site/site.hpp"

namespace birge::work::fields {

namespace {

Fault const* fault_of(Form const& form, std::string_view name) {
  auto const found = std::ranges::find_if(form.faults, [&](Fault const& fault) { return fault.field == name; });
  return found == form.faults.end() ? nullptr : &*found;
}

std::string classes(Form const& form, std::string_view name, bool narrow) {
  return std::string("field") + (narrow ? " short" : "") + (fault_of(form, name) ? " wrong" : "");
}

Html label_text(Form const& form, std::string_view label, bool optional) {
  if (!optional) return html("{}", label);
  return html("{} <span class=\"soft\">({})</span>", label, form.say("optional"));
}

/// Hint and fault, as they stand between label and control.
Html notes(Form const& form, std::string_view name, std::string_view hint) {
  Html out;
  if (!hint.empty()) out.add("<p class=\"hint\" id=\"{}-hint\">{}</p>", name, hint);
  if (auto const* fault = fault_of(form, name))
    out.add("<p class=\"fault\" id=\"{}-fault\">{} <span>{}</span></p>", name, site::icon("warning"), form.say(fault->message));
  return out;
}

/// The ids of hint and fault, for aria-describedby; empty where there are none.
std::string described(Form const& form, std::string_view name, std::string_view hint) {
  std::string ids;
  if (!hint.empty()) ids += std::string(name) + "-hint";
  if (fault_of(form, name)) ids += (ids.empty() ? "" : " ") + std::string(name) + "-fault";
  return ids;
}

Html grouped(Form const& form, std::string_view name, std::string_view legend, Look const& look, Html const& choices) {
  return html("<fieldset class=\"{}\" id=\"{}\" aria-describedby=\"{}\"><legend>{}</legend>{}{}</fieldset>", classes(form, name, false), name,
              described(form, name, look.hint), label_text(form, legend, look.optional), notes(form, name, look.hint), choices);
}

bool among(Form const& form, std::string_view name, std::string_view value) {
  auto const all = form.typed.all(name);
  return std::ranges::find(all, value) != all.end();
}

}  // namespace

Html input(Form const& form, std::string_view name, std::string_view label, Look const& look) {
  return html(
      "<div class=\"{}\"><label for=\"{}\">{}</label>{}<input type=\"{}\" id=\"{}\" name=\"{}\" value=\"{}\" aria-describedby=\"{}\" {} {}></div>",
      classes(form, name, look.narrow), name, label_text(form, label, look.optional), notes(form, name, look.hint), look.type, name, name,
      form.typed.get(name), described(form, name, look.hint), look.extra, BIRGE_WHEN(fault_of(form, name), "aria-invalid=\"true\""));
}

Html area(Form const& form, std::string_view name, std::string_view label, Look const& look) {
  return html(
      "<div class=\"{}\"><label for=\"{}\">{}</label>{}<textarea id=\"{}\" name=\"{}\" rows=\"4\" aria-describedby=\"{}\" {}>{}</textarea></div>",
      classes(form, name, look.narrow), name, label_text(form, label, look.optional), notes(form, name, look.hint), name, name,
      described(form, name, look.hint), BIRGE_WHEN(fault_of(form, name), "aria-invalid=\"true\""), form.typed.get(name));
}

Html select(Form const& form, std::string_view name, std::string_view label, std::vector<Choice> const& choices, Look const& look) {
  Html options;
  for (auto const& choice : choices)
    options.add("<option value=\"{}\" {}>{}</option>", choice.value, BIRGE_WHEN(form.typed.get(name) == choice.value, "selected"), choice.text);
  return html("<div class=\"{}\"><label for=\"{}\">{}</label>{}<select id=\"{}\" name=\"{}\" aria-describedby=\"{}\" {}>{}</select></div>",
              classes(form, name, look.narrow), name, label_text(form, label, look.optional), notes(form, name, look.hint), name, name,
              described(form, name, look.hint), BIRGE_WHEN(fault_of(form, name), "aria-invalid=\"true\""), options);
}

Html radios(Form const& form, std::string_view name, std::string_view legend, std::vector<Choice> const& choices, Look const& look) {
  Html list;
  for (auto const& choice : choices)
    list.add("<label class=\"choice\"><input type=\"radio\" name=\"{}\" value=\"{}\" {}> {}</label>", name, choice.value,
             BIRGE_WHEN(form.typed.get(name) == choice.value, "checked"), choice.text);
  return grouped(form, name, legend, look, html("<div class=\"choices\">{}</div>", list));
}

Html boxes(Form const& form, std::string_view name, std::string_view legend, std::vector<Choice> const& choices, Look const& look) {
  Html list;
  for (auto const& choice : choices)
    list.add("<label class=\"choice\"><input type=\"checkbox\" name=\"{}\" value=\"{}\" {}> {}</label>", name, choice.value,
             BIRGE_WHEN(among(form, name, choice.value), "checked"), choice.text);
  return grouped(form, name, legend, look, html("<div class=\"choices\">{}</div>", list));
}

Html hidden(std::string_view name, std::string_view value) { return html("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value); }

Html looked_at_box(Form const& form) {
  constexpr std::string_view name = "seen_private";
  if (!fault_of(form, name) && form.typed.get(name) != "1") return {};
  return boxes(form, name, form.say("Telephone numbers and e-mail addresses"),
               {{"1", std::string(form.say("I looked at them: what is left may be read by others."))}});
}

Html faults_above(Form const& form) {
  if (form.faults.empty()) return {};
  Html list;
  for (auto const& fault : form.faults) {
    if (fault.field.empty()) list.add("<li>{}</li>", form.say(fault.message));
    else list.add("<li><a href=\"#{}\">{}</a></li>", fault.field, form.say(fault.message));
  }
  return html("<div class=\"notice danger\" role=\"alert\">{}<div><h2>{}</h2><ul>{}</ul></div></div>", site::icon("warning"),
              form.say("Please look at this again"), list);
}

}  // namespace birge::work::fields
