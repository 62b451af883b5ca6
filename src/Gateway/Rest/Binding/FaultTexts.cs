using Delegation.ServiceDefaults.Errors;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Rest.Binding;

/// <summary>The sentences of <see cref="Faults"/>.</summary>
internal static class FaultTexts
{
    public static LocalizedText Unknown(string name) => new(
        $"There is no field '{Short(name)}' here. Remove it or correct its name.",
        $"Il n'y a pas de champ « {Short(name)} » ici. Retirez-le ou corrigez son nom.");

    public static LocalizedText UnknownParameter(string name) => new(
        $"There is no query parameter '{Short(name)}' here. Remove it or correct its name.",
        $"Il n'y a pas de paramètre « {Short(name)} » ici. Retirez-le ou corrigez son nom.");

    public static LocalizedText BelongsInBody(string name) => new(
        $"'{Short(name)}' is given in the body, not in the query.",
        $"« {Short(name)} » se donne dans le corps de la requête, pas dans l'adresse.");

    public static LocalizedText NotInQuery(string name) => new(
        $"A query cannot give '{Short(name)}': it is no single value and no list of values.",
        $"Une adresse ne peut pas donner « {Short(name)} » : ce n'est ni une valeur, ni une liste de valeurs.");

    public static LocalizedText Twice(string name) => new(
        $"'{Short(name)}' is given more than once. Give it once.",
        $"« {Short(name)} » est donné plusieurs fois. Donnez-le une seule fois.");

    public static LocalizedText Contradiction(string name) => new(
        $"'{Short(name)}' is given in two places of the request with different values. Give it once.",
        $"« {Short(name)} » est donné à deux endroits de la requête avec des valeurs différentes. Donnez-le une seule fois.");

    public static LocalizedText Alternative(string name, string other) => new(
        $"'{name}' and '{other}' exclude each other. Give one of them.",
        $"« {name} » et « {other} » s'excluent. Donnez l'un des deux.");

    public static LocalizedText EnumUnknown(string value, EnumDescriptor type)
    {
        var known = string.Join(", ", type.Values.Select(each => each.Name).Take(30));
        return new(
            $"'{Short(value)}' is not one of: {known}.",
            $"« {Short(value)} » ne fait pas partie de : {known}.");
    }

    public static LocalizedText NullInside { get; } = new(
        "A list and a map have no null values. Leave it out.",
        "Une liste et une table n'ont pas de valeur null. Retirez-la.");

    public static LocalizedText JsonMalformed(long line, long column) => new(
        $"This is no JSON: see line {line}, column {column}.",
        $"Ce n'est pas du JSON : voyez la ligne {line}, colonne {column}.");

    public static LocalizedText TooDeep(int depth) => new(
        $"The JSON is nested deeper than {depth} levels.",
        $"Le JSON est imbriqué sur plus de {depth} niveaux.");

    public static LocalizedText NotUtf8 { get; } = new(
        "The text is not UTF-8. Encode it as UTF-8.",
        "Le texte n'est pas en UTF-8. Encodez-le en UTF-8.");

    public static LocalizedText BadEscape { get; } = new(
        "This part of the address has a '%' that is no escape of UTF-8 text. Escape it again.",
        "Cette partie de l'adresse a un « % » qui n'échappe pas un texte UTF-8. Échappez-la de nouveau.");

    public static LocalizedText BodyNotTaken { get; } = new(
        "This method takes no body. Send the request without one.",
        "Cette méthode ne prend pas de corps. Envoyez la requête sans corps.");

    public static LocalizedText HeaderNotTaken(string header) => new(
        $"This method takes no header {header}. Leave it out.",
        $"Cette méthode ne prend pas d'en-tête {header}. Retirez-le.");

    public static LocalizedText EtagNotStrong { get; } = new(
        "If-Match takes exactly one strong ETag, in its quotes, as an answer gave it.",
        "If-Match prend exactement un ETag fort, avec ses guillemets, tel qu'une réponse l'a donné.");

    public static LocalizedText OrganizationMalformed { get; } = new(
        "X-Organization takes one value: the id of the organisation that the call is made for.",
        "X-Organization prend une seule valeur : l'identifiant de l'organisme pour lequel l'appel est fait.");

    public static LocalizedText KeyMalformed { get; } = new(
        "Idempotency-Key takes one value: a random UUID.",
        "Idempotency-Key prend une seule valeur : un UUID aléatoire.");

    // What somebody sent is shown, but no more of it than is needed to find it.
    private static string Short(string text) => text.Length <= 80 ? text : $"{text[..80]}…";
}
