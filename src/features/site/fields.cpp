#include "features/site/fields.hpp"

#include "features/site/site.hpp"

namespace birge::site {

namespace {

/// Everything of a field but its control.
struct Parts {
  Html before;            ///< hint and faults
  std::string described;  ///< ids of both
  bool wrong = false;
};

Parts parts(Say const& say, Field const& field, Faults faults) {
  Parts parts;
  std::string const name(field.name);
  if (!field.hint.empty()) {
    parts.before.add("<p class=\"hint\" id=\"{}-hint\">{}</p>", name, field.hint);
    parts.described = name + "-hint";
  }
  for (auto const& fault : faults) {
    if (fault.field != field.name) continue;
    if (parts.wrong) continue;  // one thing at a time
    parts.before.add("<p class=\"fault\" id=\"{}-fault\">{} {}</p>", name, icon("warning"), say(fault.message));
    parts.described += parts.described.empty() ? name + "-fault" : " " + name + "-fault";
    parts.wrong = true;
  }
  return parts;
}

std::string classes(Field const& field, Parts const& parts) {
  return std::string("field") + (parts.wrong ? " wrong" : "") + (field.is_short ? " short" : "");
}

Html around_control(Field const& field, Parts const& parts, Html const& control) {
  return html("<div class=\"{}\"><label for=\"{}\">{}</label>{}{}</div>", classes(field, parts), field.name, field.label, parts.before, control);
}

Attribute required(Field const& field) { return BIRGE_WHEN(field.required, "required"); }
Attribute invalid(Parts const& parts) { return BIRGE_WHEN(parts.wrong, "aria-invalid=\"true\""); }

}  // namespace

Html text_field(Say const& say, Field const& field, Faults faults) {
  auto const around = parts(say, field, faults);
  auto const mode = field.inputmode.empty() ? std::string_view("text") : field.inputmode;
  if (around.described.empty())
    return around_control(field, around,
                          html("<input id=\"{}\" name=\"{}\" type=\"{}\" value=\"{}\" autocomplete=\"{}\" inputmode=\"{}\" {}>", field.name,
                               field.name, field.type, field.value, field.autocomplete, mode, required(field)));
  return around_control(
      field, around,
      html("<input id=\"{}\" name=\"{}\" type=\"{}\" value=\"{}\" autocomplete=\"{}\" inputmode=\"{}\" aria-describedby=\"{}\" {} {}>", field.name,
           field.name, field.type, field.value, field.autocomplete, mode, around.described, required(field), invalid(around)));
}

Html text_area(Say const& say, Field const& field, Faults faults) {
  auto const around = parts(say, field, faults);
  if (around.described.empty())
    return around_control(field, around,
                          html("<textarea id=\"{}\" name=\"{}\" {}>{}</textarea>", field.name, field.name, required(field), field.value));
  return around_control(field, around,
                        html("<textarea id=\"{}\" name=\"{}\" aria-describedby=\"{}\" {} {}>{}</textarea>", field.name, field.name, around.described,
                             required(field), invalid(around), field.value));
}

Html select_field(Say const& say, Field const& field, Options const& options, Faults faults) {
  auto const around = parts(say, field, faults);
  Html list;
  for (auto const& [value, words] : options)
    list.add("<option value=\"{}\" {}>{}</option>", value, BIRGE_WHEN(value == field.value, "selected"), words);
  if (around.described.empty())
    return around_control(field, around, html("<select id=\"{}\" name=\"{}\" {}>{}</select>", field.name, field.name, required(field), list));
  return around_control(field, around,
                        html("<select id=\"{}\" name=\"{}\" aria-describedby=\"{}\" {} {}>{}</select>", field.name, field.name, around.described,
                             required(field), invalid(around), list));
}

Html radio_field(Say const& say, Field const& field, Options const& options, Faults faults, std::span<std::string const> notes) {
  auto const around = parts(say, field, faults);
  Html list;
  for (std::size_t i = 0; i < options.size(); ++i) {
    auto const& [value, words] = options[i];
    auto const text = i < notes.size() ? html("<span>{}<br><span class=\"soft\">{}</span></span>", words, notes[i]) : html("{}", words);
    // The first has the field's id, so that the summary above a form leads to it.
    list.add("<label class=\"choice\"><input type=\"radio\" id=\"{}{}\" name=\"{}\" value=\"{}\" {}> {}</label>", field.name,
             i == 0 ? std::string() : "-" + value, field.name, value, BIRGE_WHEN(value == field.value, "checked"), text);
  }
  // With notes a label is no heading of its own.
  if (!notes.empty()) list = html("<div>{}</div>", list);
  return html("<fieldset class=\"{}\"><legend>{}</legend>{}{}</fieldset>", classes(field, around), field.label, around.before, list);
}

Html check_box(std::string_view name, std::string_view label, bool on) {
  return html("<label class=\"choice\"><input type=\"checkbox\" name=\"{}\" value=\"1\" {}> {}</label>", name, BIRGE_WHEN(on, "checked"), label);
}

Html fault_summary(Say const& say, Faults faults) {
  if (faults.empty()) return {};
  Html list;
  for (auto const& fault : faults) {
    if (fault.field.empty()) list.add("<li>{}</li>", say(fault.message));
    else list.add("<li><a href=\"#{}\">{}</a></li>", fault.field, say(fault.message));
  }
  // The reader is led to it without a script, too: on a telephone it may lie far from where the form was sent off.
  return html("<div class=\"notice danger\" role=\"alert\" tabindex=\"-1\" autofocus>{}<div><p><b>{}</b></p><ul class=\"plain\">{}</ul></div></div>",
              icon("warning"), say("Please look at this again:"), list);
}

Html notice(Notice kind, Html const& text) {
  switch (kind) {
    case Notice::attention: return html("<div class=\"notice attention\" role=\"note\">{}<div>{}</div></div>", icon("warning"), text);
    case Notice::danger: return html("<div class=\"notice danger\" role=\"alert\">{}<div>{}</div></div>", icon("warning"), text);
    case Notice::done: return html("<div class=\"notice done\" role=\"status\">{}<div>{}</div></div>", icon("check"), text);
    case Notice::information: break;
  }
  return html("<div class=\"notice\" role=\"note\">{}<div>{}</div></div>", icon("info"), text);
}

}  // namespace birge::site
