using Delegation.Contracts.V1;

namespace Delegation.Contracts.Scope;

/// <summary>The trade's list: its activities in their order, and the templates.</summary>
internal sealed class TradeList(IReadOnlyList<Activity> activities, IReadOnlyList<ScopeTemplate> templates)
{
    private readonly Dictionary<string, Activity> _byCode = activities.ToDictionary(activity => activity.Code);

    public IReadOnlyList<Activity> Activities => activities;

    public IReadOnlyList<ScopeTemplate> Templates => templates;

    /// <summary>The activity of that code, or null.</summary>
    public Activity? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The template, or null when there is none of that number.</summary>
    public ScopeTemplate? Find(ScopeTemplateCode code) => templates.FirstOrDefault(template => template.Code == code);
}
