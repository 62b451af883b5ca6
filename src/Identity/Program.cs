using Delegation.Identity;

// An OpenID Connect issuer for development: services and demo users get real tokens without a directory being set up.
var builder = WebApplication.CreateSlimBuilder(args);

if (!builder.Environment.IsDevelopment())
    return DevelopmentOnly.Refuse(builder.Environment.EnvironmentName);

builder.AddServiceDefaults();
builder.AddTokenIssuer();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapTokenIssuer();

await app.RunAsync();
return 0;
