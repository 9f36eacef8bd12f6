#include "features/sample/sample_told.hpp"

#include <algorithm>
#include <array>

#include "features/sample/sample_words.hpp"

namespace birge::sample {

namespace {

constexpr auto all_questions = std::to_array<Subject>({
    {"trafficking",
     {"Тааныш аркылуу сунушталган жумушту кантип текшерсе болот?", "Как проверить работу, которую предлагают через знакомых?",
      "How can one check work that is offered through acquaintances?"}},
    {"trafficking",
     {"Жардам сурасам, мени да жазалап коюшпайбы?", "Если я попрошу о помощи, не накажут ли и меня?", "If I ask for help, will I be punished too?"}},
    {"trafficking", {"1899 номери түнкүсүн да жооп береби?", "Отвечает ли номер 1899 и ночью?", "Does 1899 answer at night too?"}},
    {"smuggling",
     {"Ортомчу акчаны алдын ала сураса, эмне кылуу керек?", "Что делать, если посредник просит деньги вперёд?",
      "What if a middleman asks for money in advance?"}},
    {"safe_migration",
     {"Келишим мен билбеген тилде болсо, аны ким түшүндүрүп берет?", "Кто объяснит договор, если он на языке, которого я не знаю?",
      "Who explains a contract in a language I do not know?"}},
    {"safe_migration",
     {"Паспортумду жумуш берүүчү алып койсо, кайда кайрылам?", "Куда обратиться, если паспорт забрал работодатель?",
      "Where do I turn when the employer keeps my passport?"}},
    {"forced_labour",
     {"Үйгө кайтып келгенден кийин да айлыкты талап кылса болобу?", "Можно ли требовать зарплату, уже вернувшись домой?",
      "Can wages be claimed after coming home?"}},
    {"child_labour", {"Бала канча жаштан баштап иштесе болот?", "С какого возраста ребёнку можно работать?", "From what age may a child work?"}},
    {"sexual_exploitation",
     {"Интернеттен таанышкан адам сүрөт сураса, эмне кылуу керек?", "Что делать, если знакомый из интернета просит фотографии?",
      "What if somebody one met online asks for pictures?"}},
    {"child_marriage", {"Канча жашта үйлөнсө болот?", "В каком возрасте можно вступать в брак?", "At what age may one marry?"}},
    {"forced_marriage",
     {"Ата-эне мажбурласа, кимге айтсам болот?", "Кому сказать, если заставляют родители?", "Whom can I tell when parents insist?"}},
    {"bride_kidnapping",
     {"Ала качууга жардам бергендер да жооп береби?", "Отвечают ли и те, кто помогал при похищении?",
      "Are those who help with a kidnapping liable too?"}},
});

constexpr auto all_challenges = std::to_array<Words>({
    {"Орун жетпей, бир бөлүгү сыртта калды (үлгү).", "Мест не хватило, часть людей осталась за дверью (пример).",
     "There was not room for everybody (sample)."},
    {"Ата-энелер аз келди: жумуш күнү болчу (үлгү).", "Родителей пришло мало: был рабочий день (пример).",
     "Few parents came: it was a working day (sample)."},
    {"Кыргызча баракчалар жетпей калды (үлгү).", "Не хватило листовок на кыргызском (пример).", "We ran out of leaflets in Kyrgyz (sample)."},
});

constexpr auto all_recommendations = std::to_array<Words>({
    {"Кийинки жолу кечинде өткөрүү керек (үлгү).", "В следующий раз провести вечером (пример).", "Hold it in the evening next time (sample)."},
    {"Мектеп психологун да чакыруу керек (үлгү).", "Пригласить и школьного психолога (пример).", "Invite the school's psychologist too (sample)."},
    {"Ушул эле темада дагы бир жолугушуу керек (үлгү).", "Нужна ещё одна встреча на эту тему (пример).",
     "One more meeting on this topic is needed (sample)."},
});

std::string in_language(Words const& words, std::string_view language) {
  return std::string(language == "ky" ? words.ky : language == "ru" ? words.ru : words.en);
}

}  // namespace

work::ResultWords told(activity::Activity const& activity, Dice& dice) {
  work::ResultWords words;
  // The dice fall for each activity alike, so that a larger sample begins like a smaller one.
  bool const asked = dice.percent(45), second = dice.percent(30), hard = dice.percent(18), advised = dice.percent(22);
  auto const first = dice.next(), challenge = dice.next(), recommendation = dice.next();
  if (!activity.is_public || !activity.result || !activity.result->attendance) return words;
  std::vector<Subject const*> fitting;
  for (auto const& question : all_questions)
    if (std::ranges::find(activity.topics, question.topic) != activity.topics.end()) fitting.push_back(&question);
  for (std::size_t i = 0; asked && i < std::min<std::size_t>(fitting.size(), second ? 2 : 1); ++i) {
    auto const& question = *fitting[(first + i) % fitting.size()];
    words.questions.push_back({std::string(question.topic), in_language(question.words, activity.original)});
  }
  if (hard) words.challenges = in_language(all_challenges[challenge % all_challenges.size()], activity.original);
  if (advised) words.recommendation = in_language(all_recommendations[recommendation % all_recommendations.size()], activity.original);
  return words;
}

}  // namespace birge::sample
