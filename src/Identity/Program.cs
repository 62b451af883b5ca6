using Delegation.Identity;

// An OpenID Connect issuer for development: services and demo users get real tokens without a directory being set up.
var builder = WebApplication.CreateSlimBuilder(args);

if (!builder.Environment.IsDevelopment())
    return DevelopmentOnly.Refuse(builder.Environment.EnvironmentName);

// Tokens live in real time, like those of any other issuer: moving the platform's clock moves neither them nor who checks them.
builder.Services.AddSingleton(TimeProvider.System);
builder.AddServiceDefaults();
builder.AddTokenIssuer();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapTokenIssuer();

await app.RunAsync();
return 0;
